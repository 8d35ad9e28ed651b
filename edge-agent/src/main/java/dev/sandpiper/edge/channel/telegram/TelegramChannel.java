package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.channel.text.Splitter;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Telegram. One thread receives; nothing runs besides while nobody speaks.
public final class TelegramChannel implements Channel {

  /// Its name in addresses.
  public static final String NAME = "telegram";

  private static final int LONGEST_MESSAGE = 4_096;

  private final TelegramOptions options;
  private final Parts parts;
  private final List<MenuItem> menu;
  private final BotApi api;
  private final TelegramFiles files;
  private final Sending sending;
  private final Standing standing = new Standing();
  private final Splitter splitter =
      new Splitter(LONGEST_MESSAGE, text -> TelegramHtml.of(text).length());
  private final WebhookDoor door;
  private final Backoff backoff;
  private @Nullable Thread thread;

  /// What it works with.
  ///
  /// @param http calls out
  /// @param database keeps what must be known after a restart
  public record Parts(
      HttpCaller http,
      Database database,
      InstantSource clock,
      RandomGenerator random,
      Journal journal) {}

  /// @param menu the commands Telegram offers behind the slash
  public TelegramChannel(TelegramOptions options, Parts parts, List<MenuItem> menu) {
    this(options, parts, menu, Backoff.BASE);
  }

  /// @param pause the longest wait after a first failure
  TelegramChannel(TelegramOptions options, Parts parts, List<MenuItem> menu, Duration pause) {
    this.options = options;
    this.parts = parts;
    this.menu = List.copyOf(menu);
    this.api = new BotApi(parts.http(), options.base(), options.token());
    this.files = new TelegramFiles(api, options.isTelegramsOwn());
    this.sending =
        new Sending(
            api, new Pace(parts.clock()), new Verdict(standing, parts.clock()), parts.journal());
    this.door = new WebhookDoor(parts.journal());
    this.backoff = new Backoff(parts.random(), pause);
  }

  @Override
  public String name() {
    return NAME;
  }

  /// The door for updates, in webhook mode: `POST /hooks/telegram`.
  public List<Hook> hooks() {
    return options.webhook() == null ? List.of() : List.of(door);
  }

  @Override
  public synchronized void start(Inbox inbox) {
    Receiving receiving = new Receiving(options, parts, api, standing, backoff, door);
    thread = Thread.ofVirtual().name(NAME).start(() -> receiving.run(inbox, menu));
  }

  @Override
  public List<String> split(String markdown) {
    return splitter.split(markdown);
  }

  @Override
  public Delivery deliver(Parcel parcel) throws InterruptedException {
    return sending.deliver(parcel);
  }

  @Override
  public boolean isIdempotent() {
    return false;
  }

  @Override
  public InputStream open(IncomingFile file) throws IOException, InterruptedException {
    return files.open(file);
  }

  @Override
  public LiveReply live(Address address) {
    return ChatId.find(address.chat())
        .<LiveReply>map(chat -> new Typing(api, chat))
        .orElseGet(LiveReply::none);
  }

  @Override
  public CheckResult check() {
    return standing.result();
  }

  /// Updates that were acknowledged and not used, by kind: other people's talk in a group, kinds
  /// that this agent does not know.
  public Map<String, Long> ignored() {
    return standing.ignored();
  }

  @Override
  public void close() {
    door.close();
    backoff.close();
    Thread receiving;
    synchronized (this) {
      receiving = thread;
    }
    if (receiving != null) {
      receiving.interrupt();
      boolean interrupted = false;
      while (receiving.isAlive()) {
        try {
          receiving.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
