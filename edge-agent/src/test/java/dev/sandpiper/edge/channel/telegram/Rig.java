package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A channel over real sockets, its database, and the Telegram it talks to.
final class Rig implements AutoCloseable {
  static final Address ADA = new Address("telegram", "7");
  static final List<MenuItem> MENU =
      List.of(
          new MenuItem(
              "help", Map.of(Locale.ENGLISH, "What I can do", Locale.GERMAN, "Was ich kann")));

  final FakeTelegram fake = FakeTelegram.start();
  final Recorder inbox = new Recorder();
  final Database database;
  final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Loop loop = new Loop();
  Duration pause = Backoff.BASE;
  HttpCaller caller = new NettyCaller(loop, "Sandpiper/test");
  private final List<TelegramChannel> channels = new ArrayList<>();

  Rig(Path folder) {
    this.database = Database.open(folder.resolve("telegram.db"), DatabaseOptions.defaults());
  }

  TelegramChannel polling() {
    return channel(new TelegramOptions(fake.uri(), new Secret(FakeTelegram.TOKEN), null));
  }

  TelegramChannel hooked(URI url, @Nullable Secret secret) {
    return channel(
        new TelegramOptions(
            fake.uri(), new Secret(FakeTelegram.TOKEN), new TelegramOptions.Webhook(url, secret)));
  }

  TelegramChannel channel(TelegramOptions options) {
    InstantSource clock = InstantSource.system();
    TelegramChannel channel =
        new TelegramChannel(
            options,
            new TelegramChannel.Parts(
                caller,
                database,
                clock,
                new Random(1),
                new Journal(new PrintStream(log, true, StandardCharsets.UTF_8), clock)),
            MENU,
            pause);
    channels.add(channel);
    return channel;
  }

  /// A running channel that polls.
  TelegramChannel started() {
    TelegramChannel channel = polling();
    channel.start(inbox);
    return channel;
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  static Delivery send(TelegramChannel channel, Address address, String markdown)
      throws InterruptedException {
    return channel.deliver(
        new Parcel("key", address, Outgoing.text(markdown), /* target= */ null, /* file= */ null));
  }

  @Override
  public void close() {
    channels.forEach(TelegramChannel::close);
    fake.close();
    loop.close();
    database.close();
  }
}
