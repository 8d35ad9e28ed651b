package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.discord.Fault;
import dev.sandpiper.edge.fake.model.Asked;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 of the built agent at random points of receive, think and reply, while people ask it in
/// Telegram and Discord. Every question is taken once, answered once and has its effects once; on
/// Discord, which knows a parcel again, each answer is there once; on Telegram at most once, and
/// whatever is missing is a parcel that the agent itself counts as unknown. A model is asked again
/// only what a kill cut off.
class AgentTalkKillIT {
  private static final boolean PROOF = Boolean.getBoolean("sandpiper.proof");
  private static final int KILLS = PROOF ? 200 : 12;
  private static final int PEOPLE = 3;
  private static final int LANES = 4;
  private static final int LONGEST_LIFE_MILLIS = 1_200;
  private static final int SLOW_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// When a life ends.
  private enum Aim {
    /// At any time.
    ANYWHERE,
    /// About when a question is taken.
    RECEIVE,
    /// While a model is asked.
    THINK,
    /// While an answer is sent.
    REPLY
  }

  @TempDir Path home;

  private final long seed = Long.getLong("sandpiper.seed", 20_261_201L);
  private final Random random = new Random(seed);
  private final Semaphore thinking = new Semaphore(0);
  private final Semaphore replying = new Semaphore(0);
  private final Set<String> answered = new HashSet<>();
  private final Map<Aim, Integer> cutOff = new EnumMap<>(Aim.class);
  private int asked;
  private long logged;

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void everyQuestionIsAnsweredOnce() throws Exception {
    try (Correspondence talk = new Correspondence(home, PEOPLE, AgentTalkKillIT::settings)) {
      talk.agent.with("FAKE_KEY", "key");
      beSlow(talk);
      talk.begin();
      talk.chats().forEach(talk::ask);
      talk.awaitEnd(PATIENCE);
      kill(talk);
      cutOff.clear();
      for (int kill = 0; kill < KILLS; kill++) {
        talk.agent.start();
        if (random(8) > 0) {
          talk.agent.awaitReady();
        }
        live(talk, Aim.values()[kill % Aim.values().length]);
        kill(talk);
      }
      talk.agent.start();
      talk.agent.awaitReady();
      talk.chats().forEach(talk::ask);
      talk.awaitEnd(PATIENCE);
      Map<Aim, Integer> met = Map.copyOf(cutOff);
      kill(talk);
      judge(talk, met);
    }
  }

  private static String settings(ModelFake model) {
    return """
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
        .formatted(LANES, model.openai());
  }

  /// Everybody takes their time, so that there is something to cut off: the model before and while
  /// it answers, the places before and after they have taken a message.
  private void beSlow(Correspondence talk) {
    talk.model.script(this::think);
    talk.telegram.plan(method -> {
      if (!method.equals("sendMessage")) {
        return null;
      }
      replying.release();
      return random(2) == 0
          ? new dev.sandpiper.edge.fake.telegram.Fault.Slow(slow())
          : new dev.sandpiper.edge.fake.telegram.Fault.Late(slow());
    });
    talk.discord.plan((method, path) -> {
      if (!method.equals("POST") || !path.endsWith("/messages")) {
        return new Fault.None();
      }
      replying.release();
      return random(2) == 0 ? new Fault.Slow(slow()) : new Fault.Late(slow());
    });
  }

  private Optional<Reply> think(Asked question) {
    thinking.release();
    return Correspondence.word(question.question())
        .map(word ->
            new Reply.Slow(
                Reply.says(Correspondence.answer(word)), slow(), Duration.ofMillis(random(10))));
  }

  private Duration slow() {
    return Duration.ofMillis(random(SLOW_MILLIS));
  }

  private int random(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  /// People ask while it lives, for a random while, and once more as it is about to end.
  private void live(Correspondence talk, Aim aim) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random(LONGEST_LIFE_MILLIS));
    do {
      ask(talk);
      TimeUnit.MILLISECONDS.sleep(random(200));
    } while (System.nanoTime() < end);
    thinking.drainPermits();
    replying.drainPermits();
    ask(talk);
    switch (aim) {
      case ANYWHERE -> TimeUnit.MILLISECONDS.sleep(random(2 * SLOW_MILLIS));
      case RECEIVE -> TimeUnit.MILLISECONDS.sleep(random(20));
      case THINK -> after(thinking);
      case REPLY -> after(replying);
    }
  }

  /// A random while after something has begun; one that is not ready ends before.
  private void after(Semaphore begun) throws InterruptedException {
    if (begun.tryAcquire(5, TimeUnit.SECONDS)) {
      TimeUnit.MILLISECONDS.sleep(random(SLOW_MILLIS));
    }
  }

  private void ask(Correspondence talk) {
    List<Correspondence.Chat> chats = talk.chats();
    talk.ask(chats.get(random(chats.size())));
  }

  /// Ends a life, and looks at what it asked the model.
  private void kill(Correspondence talk) throws InterruptedException {
    talk.agent.kill();
    talk.await(
        "the model's connections to end with the agent",
        PATIENCE,
        () -> talk.model.connections() == 0);
    // What is still on its way to Telegram's people must not overtake what the next life sends.
    talk.await("Telegram to have done what it was told", PATIENCE, () -> talk.telegram.slow() == 0);
    List<Asked> all = talk.model.asked();
    List<String> words = new ArrayList<>();
    all.subList(asked, all.size())
        .forEach(it -> words.add(Correspondence.word(it.question()).orElseThrow()));
    assertThat(words)
        .as("asked in one life, seed %d", seed)
        .doesNotHaveDuplicates()
        .noneMatch(answered::contains);
    // A call is written down when it has ended: a kill takes what the lanes were asking, at most.
    long rows = talk.count("model_calls");
    long cut = words.size() - (rows - logged);
    assertThat(cut).as("calls that a kill cut off, seed %d", seed).isBetween(0L, (long) LANES);
    met(Aim.RECEIVE, talk.questions() > talk.count("messages"));
    met(Aim.THINK, cut > 0);
    met(Aim.REPLY, talk.count("outbox WHERE state='SENDING'") > 0);
    asked = all.size();
    logged = rows;
    answered.addAll(talk.words("DONE"));
  }

  private void met(Aim aim, boolean is) {
    cutOff.merge(aim, is ? 1 : 0, Integer::sum);
  }

  private void judge(Correspondence talk, Map<Aim, Integer> met) {
    Correspondence.Tally tally = talk.judge();
    assertThat(tally.parked()).isZero();
    assertThat(tally.withoutModel()).isZero();
    if (PROOF) {
      assertThat(met.values()).as("kills that cut something off: %s", met).doesNotContain(0);
    }
    System.out.printf(
        "talk: the built agent, %d kills (%d before a question was taken, %d while a model was asked,"
            + " %d while an answer was sent), %,d questions: 0 lost, 0 doubled, no effect twice; %d"
            + " unknown on Telegram, %d of them missing; the model was asked %,d times, %d of them"
            + " again after a kill, %,d are logged (seed %d)%n",
        KILLS,
        met.get(Aim.RECEIVE),
        met.get(Aim.THINK),
        met.get(Aim.REPLY),
        tally.questions(),
        tally.unknown(),
        tally.missing(),
        asked,
        asked - tally.questions(),
        logged,
        seed);
  }
}
