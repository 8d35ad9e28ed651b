package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.discord.FakeDiscord;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A channel in front of a stand-in for Discord, with a real database and real sockets.
final class Rig implements AutoCloseable {

  static final String ADA = "700000000000000001";

  final FakeDiscord discord = new FakeDiscord();
  final Loop loop = new Loop();
  final Database database;
  final List<Incoming> taken = new ArrayList<>();
  final Set<String> keys = new HashSet<>();
  final String chat = discord.direct(ADA);
  String token = FakeDiscord.TOKEN;
  List<MenuItem> commands = List.of();
  private @Nullable DiscordChannel channel;
  private int failures;
  private boolean denies;

  Rig(Path folder) {
    database = Database.open(folder.resolve("db"), DatabaseOptions.defaults());
  }

  /// The one made last.
  DiscordChannel channel() {
    return Objects.requireNonNull(channel);
  }

  /// How an interaction was confirmed, once it is.
  String confirmed(String interaction) throws Exception {
    await(() -> discord.acknowledged(interaction) != null);
    return Objects.requireNonNull(discord.acknowledged(interaction)).json();
  }

  DiscordChannel make() {
    DiscordChannel made =
        new DiscordChannel(
            new DiscordOptions(
                new Secret(token), discord.base(), Duration.ofMillis(20), Duration.ofMillis(200)),
            new DiscordChannel.Parts(
                new NettyCaller(loop, "x"),
                database,
                new Journal(
                    new PrintStream(OutputStream.nullOutputStream()), InstantSource.system()),
                InstantSource.system(),
                new Random(1)),
            commands);
    channel = made;
    return made;
  }

  DiscordChannel start() {
    DiscordChannel made = make();
    made.start(this::accept);
    return made;
  }

  /// Started, and a session has begun.
  DiscordChannel connected() throws Exception {
    DiscordChannel made = start();
    awaitStanding("connected since");
    return made;
  }

  private synchronized Inbox.Taken accept(Incoming incoming) {
    if (failures > 0) {
      failures--;
      int _ = database.write(tx -> tx.update("what no database takes"));
    }
    if (denies) {
      return Inbox.Taken.DENIED;
    }
    taken.add(incoming);
    return keys.add(incoming.updateKey()) ? Inbox.Taken.NEW : Inbox.Taken.KNOWN;
  }

  synchronized void fail(int times) {
    failures = times;
  }

  synchronized void deny(boolean deny) {
    denies = deny;
  }

  /// What was said in messages taken, each once, in order.
  synchronized List<String> texts() {
    Set<String> seen = new HashSet<>();
    return taken.stream()
        .filter(incoming -> seen.add(incoming.updateKey()))
        .map(Rig::text)
        .toList();
  }

  synchronized List<Incoming> taken() {
    return List.copyOf(taken);
  }

  static String text(Incoming incoming) {
    return switch (incoming.content()) {
      case Incoming.Content.Message message -> message.text();
      case Incoming.Content.Press press -> "press " + press.data();
    };
  }

  Delivery deliver(String key, Outgoing content) throws InterruptedException {
    return deliver(key, content, null, null);
  }

  Delivery deliver(String key, Outgoing content, @Nullable String target, @Nullable Path file)
      throws InterruptedException {
    DiscordChannel sender = channel == null ? make() : channel;
    return sender.deliver(new Parcel(key, new Address("discord", chat), content, target, file));
  }

  void awaitTexts(String... texts) throws Exception {
    await(() -> texts().size() >= texts.length);
    org.assertj.core.api.Assertions.assertThat(texts()).containsExactly(texts);
  }

  void awaitStanding(String words) throws Exception {
    await(() -> channel != null && channel.check().detail().contains(words));
  }

  static void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  void stop() {
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void close() {
    stop();
    discord.close();
    loop.close();
    database.close();
  }
}
