package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.discord.DiscordChannel;
import dev.sandpiper.edge.channel.discord.DiscordOptions;
import dev.sandpiper.edge.channel.telegram.TelegramChannel;
import dev.sandpiper.edge.channel.telegram.TelegramOptions;
import dev.sandpiper.edge.chat.ChatRig;
import dev.sandpiper.edge.chat.Message;
import dev.sandpiper.edge.chat.ParcelRow;
import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.discord.FakeDiscord;
import dev.sandpiper.edge.fake.discord.Fault;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real channels in a storm: half of all calls to Telegram and Discord fail, before or after
/// they had their effect, and half of all answers. Every message is answered, or parked with a
/// reason that its sender is told; nothing arrives twice.
class TalkStormIT {
  private static final int MESSAGES = Boolean.getBoolean("sandpiper.proof") ? 1_000 : 60;
  private static final int PEOPLE = Boolean.getBoolean("sandpiper.proof") ? 25 : 6;

  @TempDir Path home;

  private final long seed = Long.getLong("sandpiper.seed", 20_261_201L);
  private final Random random = new Random(seed);
  private final Map<String, List<String>> written = new HashMap<>();
  private final Journal silent =
      new Journal(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
          InstantSource.system());

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void everyMessageIsAnsweredOrParkedWithAReason() throws Exception {
    FakeDiscord discord = new FakeDiscord();
    FakeTelegram telegram = FakeTelegram.start();
    List<Town> towns = List.of(new Town.Discord(discord), new Town.Telegram(telegram));
    try (ChatRig rig =
        new ChatRig(
            home,
            ChatRig.quick().taking(4, MESSAGES, 32_000),
            new ChatRig.Clock(),
            opened -> channels(opened, discord, telegram),
            accounts(towns))) {
      rig.answering((_, question) -> answer(question));
      discord.plan((_, path) -> path.contains("/messages") ? fault() : new Fault.None());
      telegram.chaos(seed, 0.5);
      rig.start();
      ChatRig.await(() -> towns.stream().allMatch(Town::isKnown));
      for (int i = 0; i < MESSAGES; i++) {
        write(towns.get(roll(2)));
        if (roll(40) == 0) {
          discord.drop();
        }
      }
      ChatRig.await(() -> isOver(rig));
      judge(rig, towns);
    } finally {
      discord.close();
      telegram.close();
    }
  }

  private boolean isOver(ChatRig rig) {
    long taken =
        rig.rig.database.<Long>read(
            tx -> tx.queryOne("SELECT count(*) FROM messages", row -> row.number(1)).orElseThrow());
    return taken == MESSAGES && rig.view.counts().open() == 0 && rig.view.counts().toSend() == 0;
  }

  private List<Channel> channels(Rig rig, FakeDiscord discord, FakeTelegram telegram) {
    HttpCaller caller = new Wiring(Configs.parse("agent.home = \"" + home + "\"")).caller();
    return List.of(
        new DiscordChannel(
            new DiscordOptions(
                new Secret(FakeDiscord.TOKEN),
                discord.base(),
                Duration.ofMillis(20),
                Duration.ofMillis(200)),
            new DiscordChannel.Parts(
                caller, rig.database, silent, InstantSource.system(), new Random(seed)),
            List.of()),
        new TelegramChannel(
            new TelegramOptions(
                URI.create(telegram.uri().toString()), new Secret(FakeTelegram.TOKEN), null),
            new TelegramChannel.Parts(
                caller, rig.database, InstantSource.system(), new Random(seed), silent),
            List.of()));
  }

  private static Map<Account, Role> accounts(List<Town> towns) {
    Map<Account, Role> accounts = new HashMap<>();
    for (Town town : towns) {
      for (int person = 1; person <= PEOPLE; person++) {
        accounts.put(new Account(town.name(), town.account(person)), Role.MEMBER);
      }
    }
    return accounts;
  }

  private void write(Town town) {
    int person = 1 + roll(PEOPLE);
    List<String> texts =
        written.computeIfAbsent(town.name() + ":" + person, _ -> new ArrayList<>());
    String text = town.name() + " " + person + " " + texts.size();
    texts.add(text);
    town.write(person, text);
  }

  private Turn answer(String question) throws TalkException {
    return switch (roll(8)) {
      case 0 -> throw TalkException.passing("status 500", null, null);
      case 1 -> throw TalkException.passing("status 429", Duration.ofMillis(20), null);
      case 2 -> throw TalkException.passing("the line went dead", null, null);
      case 3 -> throw new IllegalStateException("truncated JSON");
      default -> Turn.say("re: " + question);
    };
  }

  private Fault fault() {
    return switch (roll(16)) {
      case 0 -> new Fault.Limited(0.05, false);
      case 1 -> new Fault.Limited(0.05, true);
      case 2 -> new Fault.Status(502);
      case 3 -> new Fault.DoneAndStatus(504);
      case 4 -> new Fault.ResetBefore();
      case 5 -> new Fault.ResetAfter();
      case 6 -> new Fault.Truncated();
      case 7 -> new Fault.Slow(Duration.ofMillis(50));
      default -> new Fault.None();
    };
  }

  private int roll(int sides) {
    synchronized (random) {
      return random.nextInt(sides);
    }
  }

  private void judge(ChatRig rig, List<Town> towns) {
    List<Message> parked = rig.view.parked(MESSAGES);
    assertThat(parked)
        .allSatisfy(message -> assertThat(message.reason()).startsWith("It failed 3 times: "));
    List<ParcelRow> unknown = rig.view.unknown(10 * MESSAGES);
    assertThat(unknown)
        .allSatisfy(row -> assertThat(row.address().channel()).isEqualTo("telegram"));
    assertThat(rig.view.counts().stuck()).isZero();
    assertThat(rig.view.counts().refused()).isZero();
    for (Town town : towns) {
      for (int person = 1; person <= PEOPLE; person++) {
        List<String> arrived = town.answers(person);
        List<String> expected = new ArrayList<>();
        for (String text : written.getOrDefault(town.name() + ":" + person, List.of())) {
          arrived.stream()
              .filter(answer -> answers(answer, text))
              .findFirst()
              .ifPresentOrElse(
                  expected::add,
                  () -> {
                    if (town.knowsKeys() || unknown.stream().noneMatch(row -> answers(row, text))) {
                      expected.add("nothing for " + text);
                    }
                  });
        }
        assertThat(arrived)
            .as("answers of %s to person %d, seed %d", town.name(), person, seed)
            .containsExactlyElementsOf(expected);
      }
    }
    System.out.printf(
        "talk: storm over Discord and Telegram, %,d messages: %,d answered, %d parked with a reason,"
            + " %d unknown on Telegram, 0 lost, 0 doubled (seed %d)%n",
        MESSAGES, MESSAGES - parked.size(), parked.size(), unknown.size(), seed);
  }

  private static boolean answers(String answer, String text) {
    return answer.equals("re: " + text) || answer.startsWith("I could not answer “" + text + "”.");
  }

  private static boolean answers(ParcelRow row, String text) {
    return row.content() instanceof Outgoing.Text sent && answers(sent.markdown(), text);
  }
}
