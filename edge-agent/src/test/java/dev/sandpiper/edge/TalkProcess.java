package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.discord.DiscordChannel;
import dev.sandpiper.edge.channel.discord.DiscordOptions;
import dev.sandpiper.edge.channel.telegram.TelegramChannel;
import dev.sandpiper.edge.channel.telegram.TelegramOptions;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.discord.FakeDiscord;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.wire.WireChannel;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A conversation in a process of its own, to be killed: `HOME SURE_URL UNSURE_URL SEED`. It
/// answers a question after a random while, and an effect goes with every answer.
final class TalkProcess {

  private TalkProcess() {}

  public static void main(String[] args) throws Exception {
    AgentConfig config =
        Configs.parse(
            """
            agent.home = "%s"
            [people]
            owners = [%s]
            messages_per_minute = 10000
            [queue]
            backoff_base = "10ms"
            """
                .formatted(args[0], args[2]));
    Journal journal = new Journal(System.err, InstantSource.system());
    Wiring wiring = new Wiring(config);
    Wiring.Shelves shelves = wiring.openShelves();
    shelves
        .database()
        .<@Nullable Void>write(tx -> {
          tx.update(
              "CREATE TABLE IF NOT EXISTS kill_effects (message INTEGER PRIMARY KEY, n INTEGER)");
          return null;
        });
    Conversation conversation =
        wiring
            .conversation(
                new Source(wiring, List.of(args).subList(3, args.length), Long.parseLong(args[1])),
                shelves,
                wiring.intake(shelves),
                journal)
            .orElseThrow();
    conversation.start();
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  private record Source(Wiring wiring, List<String> urls, long seed) implements ConversationSource {

    @Override
    public List<Channel> channels(ConversationDesk.Base base) {
      return urls.stream().map(url -> channel(base, url)).toList();
    }

    private Channel channel(ConversationDesk.Base base, String named) {
      String name = named.substring(0, named.indexOf('='));
      String url = named.substring(name.length() + 1);
      return switch (name) {
        case "discord" -> discord(base, url);
        case "telegram" -> telegram(base, url);
        default -> new WireChannel(name, name.equals("sure"), url);
      };
    }

    private DiscordChannel discord(ConversationDesk.Base base, String url) {
      return new DiscordChannel(
          new DiscordOptions(
              new Secret(FakeDiscord.TOKEN),
              URI.create(url),
              Duration.ofMillis(20),
              Duration.ofMillis(200)),
          new DiscordChannel.Parts(
              wiring.caller(),
              base.shelves().database(),
              base.journal(),
              base.clockwork().clock(),
              base.clockwork().random()),
          List.of());
    }

    private TelegramChannel telegram(ConversationDesk.Base base, String url) {
      return new TelegramChannel(
          new TelegramOptions(URI.create(url), new Secret(FakeTelegram.TOKEN), null),
          new TelegramChannel.Parts(
              wiring.caller(),
              base.shelves().database(),
              base.clockwork().clock(),
              base.clockwork().random(),
              base.journal()),
          List.of());
    }

    @Override
    public List<Command> commands(ConversationDesk desk) {
      return List.of();
    }

    @Override
    public Optional<Asker> asker(ConversationDesk desk) {
      return Optional.of(new Thinker(new Random(seed)));
    }
  }

  private record Thinker(Random random) implements Asker {

    @Override
    public Turn answer(Spoken spoken, String question, LiveReply live)
        throws InterruptedException, TalkException {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(40));
      if (random.nextInt(10) == 0) {
        throw TalkException.passing("the model is busy", null, null);
      }
      return new Turn(Turn.say("re: " + question).answers(), tx -> effect(tx, spoken.id()));
    }

    private static void effect(Tx tx, long message) {
      tx.update(
          "INSERT INTO kill_effects (message, n) VALUES (?, 1) ON CONFLICT (message) DO UPDATE SET"
              + " n=n+1",
          message);
    }

    @Override
    public Turn summarise(Spoken spoken, String sha256, LiveReply live) {
      return Turn.say("summary");
    }
  }
}
