package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A bot on Discord: direct messages, and channels of servers where it is named or replied to.
public final class DiscordChannel implements Channel {

  /// Its name in addresses.
  public static final String NAME = "discord";

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final DiscordOptions options;
  private final Parts parts;
  private final List<MenuItem> menu;
  private final Rest rest;
  private final Sender sender;
  private final Attachments attachments;
  private final Standing standing;
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable Memory memory;

  /// What it works with.
  public record Parts(
      HttpCaller caller,
      Database database,
      Journal journal,
      InstantSource clock,
      RandomGenerator random) {}

  /// @param menu the commands Discord offers behind the slash
  public DiscordChannel(DiscordOptions options, Parts parts, List<MenuItem> menu) {
    this.menu = List.copyOf(menu);
    this.options = options;
    this.parts = parts;
    this.rest = new Rest(parts.caller(), options, new Limits(parts.clock()));
    this.sender = new Sender(rest);
    this.attachments = new Attachments(rest, options);
    this.standing = new Standing(parts.clock());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public synchronized void start(Inbox inbox) {
    Memory remembered = new Memory(parts.database(), Registration.hash(options.token().reveal()));
    memory = remembered;
    Registration registration = new Registration(rest, remembered, menu, parts.journal());
    Arrivals arrivals =
        new Arrivals(inbox, remembered, new Missed(rest), new Acks(rest), parts.journal());
    Gateway gateway =
        new Gateway(
            parts.caller(),
            options,
            new Gateway.Parts(
                remembered,
                arrivals,
                new GatewayDoor(rest, options.isPlain()),
                registration::begin),
            standing,
            new Gateway.Surroundings(parts.journal(), parts.random()));
    threads.add(Thread.ofVirtual().name("discord-events").start(arrivals::run));
    threads.add(Thread.ofVirtual().name("discord-gateway").start(gateway::run));
  }

  @Override
  public List<String> split(String markdown) {
    return DiscordText.split(markdown);
  }

  @Override
  public Delivery deliver(Parcel parcel) throws InterruptedException {
    return sender.deliver(parcel);
  }

  @Override
  public boolean isIdempotent() {
    return true;
  }

  @Override
  public InputStream open(IncomingFile file) throws IOException, InterruptedException {
    return attachments.open(file);
  }

  @Override
  public LiveReply live(Address address) {
    return Translator.isId(address.chat()) ? new Typing(rest, address.chat()) : LiveReply.none();
  }

  @Override
  public CheckResult check() {
    if (rest.isRefused()) {
      return CheckResult.fail(
          NAME, "Discord does not take the token", CloseCode.fatal(4_004) + ".");
    }
    return standing.check();
  }

  /// Leaves in a way that lets the next start go on where this one ended.
  @Override
  public synchronized void close() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(FAREWELL);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
    Memory remembered = memory;
    if (remembered != null) {
      try {
        remembered.save();
      } catch (StoreException e) {
        parts.journal().warn("discord-place-not-saved", "reason", e);
      }
    }
  }
}
