package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.model.Asked;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
  private static final int KILLS = PROOF ? 200 : 10;
  private static final int PEOPLE = 3;
  private static final int LANES = 4;
  private static final int LONGEST_LIFE_MILLIS = 1_500;
  private static final int LONGEST_THOUGHT_MILLIS = 150;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path home;

  private final long seed = Long.getLong("sandpiper.seed", 20_261_201L);
  private final Random random = new Random(seed);
  private final Set<String> answered = new HashSet<>();
  private int asked;
  private long logged;
  private int askedAgain;
  private final int[] hits = new int[3];

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void everyQuestionIsAnsweredOnce() throws Exception {
    try (Correspondence talk = new Correspondence(home, PEOPLE, AgentTalkKillIT::settings)) {
      talk.agent.with("FAKE_KEY", "key");
      talk.model.script(this::think);
      talk.begin();
      talk.chats().forEach(talk::ask);
      talk.awaitEnd(PATIENCE);
      kill(talk);
      for (int kill = 0; kill < KILLS; kill++) {
        talk.agent.start();
        if (random.nextInt(8) > 0) {
          talk.agent.awaitReady();
        }
        live(talk);
        kill(talk);
      }
      talk.agent.start();
      talk.agent.awaitReady();
      talk.chats().forEach(talk::ask);
      talk.awaitEnd(PATIENCE);
      kill(talk);
      judge(talk);
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

  /// It repeats the question's own word, after a while.
  private Optional<Reply> think(Asked question) {
    return Correspondence.word(question.question())
        .map(word ->
            new Reply.Slow(
                Reply.says(Correspondence.answer(word)),
                Duration.ofMillis(random(LONGEST_THOUGHT_MILLIS)),
                Duration.ofMillis(random(10))));
  }

  private int random(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  /// People ask while it lives, for a random while.
  private void live(Correspondence talk) throws InterruptedException {
    List<Correspondence.Chat> chats = talk.chats();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random(LONGEST_LIFE_MILLIS));
    do {
      talk.ask(chats.get(random(chats.size())));
      TimeUnit.MILLISECONDS.sleep(random(200));
    } while (System.nanoTime() < end);
  }

  /// Ends a life, and looks at what it asked the model.
  private void kill(Correspondence talk) throws InterruptedException {
    talk.agent.kill();
    talk.await(
        "the model's connections to end with the agent",
        PATIENCE,
        () -> talk.model.connections() == 0);
    List<Asked> all = talk.model.asked();
    List<String> words = new ArrayList<>();
    all.subList(asked, all.size())
        .forEach(it -> words.add(Correspondence.word(it.question()).orElseThrow()));
    assertThat(words)
        .as("asked in one life, seed %d", seed)
        .doesNotHaveDuplicates()
        .noneMatch(answered::contains);
    long rows = talk.count("model_calls");
    // A call is written down when it has ended, so a kill takes what the lanes were asking.
    long cut = words.size() - (rows - logged);
    assertThat(cut).as("calls cut off by a kill, seed %d", seed).isBetween(0L, (long) LANES);
    hits[0] += talk.questions() > talk.count("messages") ? 1 : 0;
    hits[1] += cut > 0 ? 1 : 0;
    hits[2] += talk.count("outbox WHERE state='SENDING'") > 0 ? 1 : 0;
    asked = all.size();
    logged = rows;
    answered.addAll(talk.words("DONE"));
  }

  private void judge(Correspondence talk) {
    Correspondence.Tally tally = talk.judge();
    assertThat(tally.parked()).isZero();
    assertThat(tally.withoutModel()).isZero();
    askedAgain = asked - tally.questions();
    assertThat(askedAgain).as("asked again").isBetween(0, LANES * KILLS);
    if (PROOF) {
      assertThat(hits).as("kills that met receiving, thinking, replying").doesNotContain(0);
    }
    System.out.printf(
        "talk: the built agent, %d kills (%d while receiving, %d while thinking, %d while replying),"
            + " %,d questions: 0 lost, 0 doubled, 0 effects doubled; %d unknown on Telegram, %d of"
            + " them missing; the model was asked %,d times, %d of them again, %,d are logged (seed"
            + " %d)%n",
        KILLS,
        hits[0],
        hits[1],
        hits[2],
        tally.questions(),
        tally.unknown(),
        tally.missing(),
        asked,
        askedAgain,
        logged,
        seed);
  }
}
