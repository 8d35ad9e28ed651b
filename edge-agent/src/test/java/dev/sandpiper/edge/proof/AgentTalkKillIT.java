package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.discord.FakeDiscord;
import dev.sandpiper.edge.fake.discord.FakeMessage;
import dev.sandpiper.edge.fake.model.Asked;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.Post;
import dev.sandpiper.edge.fake.telegram.World;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.store.Tx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 of the built agent at random points while people ask it in Telegram and Discord and a
/// model answers. On Discord, which knows a parcel again, every question is answered once; on
/// Telegram at most once, and the agent counts what it cannot know.
class AgentTalkKillIT {
  private static final int KILLS = Boolean.getBoolean("sandpiper.proof") ? 200 : 10;
  private static final int PEOPLE = 3;
  private static final int LANES = 4;
  private static final long FIRST_OF_TELEGRAM = 5_000;
  private static final long FIRST_OF_DISCORD = 700_000_000_000_000_000L;
  private static final int LONGEST_LIFE_MILLIS = 1_500;

  /// A question's own word. It has no digits: figures that no source has are marked in answers.
  private static final Pattern WORD = Pattern.compile("zz[td][a-z]+");

  private static final Pattern ANSWER = Pattern.compile("Heard (zz[td][a-z]+)");

  @TempDir Path home;

  private final Map<String, List<String>> written = new TreeMap<>();
  private final long seed = Long.getLong("sandpiper.seed", 20_261_201L);
  private final Random random = new Random(seed);

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void everyQuestionIsAnsweredOnce() throws Exception {
    try (FakeTelegram telegram = FakeTelegram.start();
        FakeDiscord discord = new FakeDiscord();
        ModelFake model = ModelFake.start().script(AgentTalkKillIT::think);
        AgentProcess agent = agent(telegram, discord, model)) {
      Towns towns = new Towns(telegram, discord);
      meet(agent, towns);
      for (int kill = 0; kill < KILLS; kill++) {
        agent.start();
        if (random.nextInt(8) > 0) {
          agent.awaitReady();
        }
        live(towns);
        agent.kill();
      }
      agent.start();
      agent.awaitReady();
      everybodyAsks(towns);
      awaitEnd(agent);
      agent.kill();
      judge(agent, towns, model);
    }
  }

  /// It repeats the question's own word.
  private static Optional<Reply> think(Asked asked) {
    return lastWord(asked.question()).map(word -> Reply.says("Heard " + word + "."));
  }

  private static Optional<String> lastWord(String text) {
    return WORD.matcher(text).results().map(found -> found.group()).reduce((_, last) -> last);
  }

  private AgentProcess agent(FakeTelegram telegram, FakeDiscord discord, ModelFake model)
      throws IOException {
    List<String> owners = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      owners.add("\"telegram:" + (FIRST_OF_TELEGRAM + person) + "\"");
      owners.add("\"discord:" + (FIRST_OF_DISCORD + person) + "\"");
    }
    String settings =
        """
        [telegram]
        token = "env:FAKE_TELEGRAM"
        base_url = "%s"
        [discord]
        token = "env:FAKE_DISCORD"
        base_url = "%s"
        [people]
        owners = [%s]
        messages_per_minute = 10000
        [chat]
        lanes = %d
        max_waiting = 10000
        [queue]
        backoff_base = "10ms"
        [providers.fake]
        kind = "openai"
        base_url = "%s"
        keys = ["env:FAKE_KEY"]
        [models.fake]
        provider = "fake"
        model = "fake"
        """
            .formatted(
                telegram.uri(), discord.base(), String.join(", ", owners), LANES, model.openai());
    return new AgentProcess(home.resolve("agent"), List.of(settings))
        .with("FAKE_TELEGRAM", FakeTelegram.TOKEN)
        .with("FAKE_DISCORD", FakeDiscord.TOKEN)
        .with("FAKE_KEY", "key");
  }

  /// The agent gets to know a document to answer from, and every chat.
  private void meet(AgentProcess agent, Towns towns) throws Exception {
    agent.start();
    agent.awaitReady();
    byte[] text = "The heron at the old mill hears every word.".getBytes(StandardCharsets.UTF_8);
    assertThat(agent.submit("heron.txt", text)).isTrue();
    await(() -> count(agent, "documents WHERE state='PARSED'") == 1);
    await(() -> towns.discord().identifies() > 0);
    everybodyAsks(towns);
    awaitEnd(agent);
    agent.kill();
  }

  private void everybodyAsks(Towns towns) {
    for (int person = 0; person < PEOPLE; person++) {
      ask(towns, true, person);
      ask(towns, false, person);
    }
  }

  /// People ask while it lives, for a random while.
  private void live(Towns towns) throws InterruptedException {
    long end =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_LIFE_MILLIS));
    do {
      ask(towns, random.nextBoolean(), random.nextInt(PEOPLE));
      TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
    } while (System.nanoTime() < end);
  }

  private void ask(Towns towns, boolean onDiscord, int person) {
    List<String> words =
        written.computeIfAbsent((onDiscord ? "d" : "t") + person, _ -> new ArrayList<>());
    String word =
        "zz" + (onDiscord ? "d" : "t") + letters(person + 10) + "q" + letters(words.size());
    words.add(word);
    towns.say(onDiscord, person, "What does the heron at the mill hear about " + word + "?");
  }

  private static String letters(int number) {
    return Integer.toString(number)
        .chars()
        .mapToObj(digit -> String.valueOf((char) ('a' + digit - '0')))
        .reduce("", String::concat);
  }

  private void awaitEnd(AgentProcess agent) throws InterruptedException {
    int all = written.values().stream().mapToInt(List::size).sum();
    await(() ->
        count(agent, "messages") == all
            && count(agent, "messages WHERE state NOT IN ('DONE', 'PARKED')") == 0
            && count(agent, "outbox WHERE state IN ('READY', 'SENDING')") == 0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void judge(AgentProcess agent, Towns towns, ModelFake model) {
    assertThat(count(agent, "messages WHERE state='PARKED'")).isZero();
    assertThat(count(agent, "outbox WHERE state IN ('PARKED', 'REFUSED')")).isZero();
    long unknown = count(agent, "outbox WHERE state='UNKNOWN'");
    long missing = 0;
    for (Map.Entry<String, List<String>> chat : written.entrySet()) {
      boolean onDiscord = chat.getKey().startsWith("d");
      List<String> arrived = towns.heard(onDiscord, Integer.parseInt(chat.getKey().substring(1)));
      List<String> expected = new ArrayList<>(chat.getValue());
      if (!onDiscord) {
        expected.removeIf(word -> !arrived.contains(word));
        missing += chat.getValue().size() - expected.size();
      }
      assertThat(arrived)
          .as("answers in %s, seed %d", chat.getKey(), seed)
          .containsExactlyElementsOf(expected);
    }
    assertThat(missing).as("missing on Telegram, seed %d", seed).isLessThanOrEqualTo(unknown);
    assertThat(count(agent, "outbox WHERE state='UNKNOWN' AND address LIKE 'discord:%'")).isZero();
    // A call is logged when it has ended: each kill cuts off as many as there are lanes, at most.
    long logged = count(agent, "model_calls");
    long asked = model.asked().size();
    assertThat(logged).isBetween(asked - (long) LANES * (KILLS + 2), asked);
    System.out.printf(
        "talk: the built agent, %d kills, %,d questions: 0 lost, 0 doubled, %d missing of %d unknown"
            + " on Telegram; the model was asked %,d times, %,d are logged (seed %d)%n",
        KILLS,
        written.values().stream().mapToInt(List::size).sum(),
        missing,
        unknown,
        asked,
        logged,
        seed);
  }

  private long count(AgentProcess agent, String what) {
    DatabaseOptions options = DatabaseOptions.defaults().withNativeDir(home.resolve("native"));
    try (Database database = Database.openReadOnly(agent.database(), options)) {
      return database.read(tx -> count(tx, what));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long count(Tx tx, String what) {
    return tx.queryOne("SELECT count(*) FROM " + what, row -> row.number(1)).orElseThrow();
  }

  /// Where people are.
  private record Towns(FakeTelegram telegram, FakeDiscord discord) {

    void say(boolean onDiscord, int person, String text) {
      if (onDiscord) {
        String account = Long.toString(FIRST_OF_DISCORD + person);
        discord.say(discord.direct(account), account, text);
      } else {
        telegram.world().say(World.said(Person.of(FIRST_OF_TELEGRAM + person, "Ada"), text));
      }
    }

    /// The words a person was answered, in order; an answer that is none stands as it is.
    List<String> heard(boolean onDiscord, int person) {
      List<String> answers =
          onDiscord
              ? discord.answers(discord.direct(Long.toString(FIRST_OF_DISCORD + person))).stream()
                  .map(FakeMessage::content)
                  .toList()
              : telegram.world().posts(FIRST_OF_TELEGRAM + person).stream()
                  .map(Post::text)
                  .toList();
      return answers.stream().map(Towns::word).toList();
    }

    private static String word(String answer) {
      Matcher found = ANSWER.matcher(answer);
      return found.find() ? found.group(1) : answer;
    }
  }
}
