package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.discord.Fault;
import dev.sandpiper.edge.fake.model.Asked;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The built agent in a storm: half of all calls to Telegram, to Discord and to four providers of
/// models fail, before or after they had their effect: 429, 5xx, resets, slowness, broken JSON.
/// Every question is answered, or parked with a reason that whoever asked is told; nothing arrives
/// twice; and every call to a model is written down.
class AgentTalkStormIT {
  private static final boolean PROOF = Boolean.getBoolean("sandpiper.proof");
  private static final int QUESTIONS = PROOF ? 1_000 : 100;
  private static final int PEOPLE = PROOF ? 25 : 10;
  private static final double SHARE = 0.5;
  private static final String RETIRED = "key-that-is-not-accepted";

  @TempDir Path home;

  private final long seed = Long.getLong("sandpiper.seed", 20_261_201L);
  private final Random random = new Random(seed);

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void everyQuestionIsAnsweredOrParkedWithAReason() throws Exception {
    try (Correspondence talk = new Correspondence(home, PEOPLE, AgentTalkStormIT::models)) {
      talk.agent.with("K1", RETIRED).with("K2", "key-2").with("K3", "key-3").with("K4", "key-4");
      talk.model.script(AgentTalkStormIT::think).rejectKey(RETIRED).storm(seed, SHARE);
      talk.telegram.chaos(seed, SHARE);
      talk.discord.plan(Fault.Plan.storm(seed, SHARE));
      talk.begin();
      List<Correspondence.Chat> chats = talk.chats();
      while (talk.questions() < QUESTIONS) {
        talk.ask(chats.get(random.nextInt(chats.size())));
        if (random.nextInt(40) == 0) {
          talk.discord.drop();
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(40));
      }
      talk.awaitEnd(Duration.ofMinutes(PROOF ? 25 : 10));
      talk.agent.kill();
      judge(talk);
    }
  }

  /// The first model's first key is not accepted; each further model stands in for those before.
  private static String models(ModelFake model) {
    return """
    [llm]
    default = "fast"
    fallback = ["claude", "gemini", "home"]
    [providers.groq]
    kind = "openai"
    base_url = "%s"
    keys = ["env:K1", "env:K2", "env:K3"]
    [providers.anthropic]
    kind = "anthropic"
    base_url = "%2$s"
    keys = ["env:K2", "env:K4"]
    [providers.google]
    kind = "gemini"
    base_url = "%2$s"
    keys = ["env:K3", "env:K4"]
    [providers.ollama]
    kind = "ollama"
    base_url = "%2$s"
    [models.fast]
    provider = "groq"
    model = "fast-1"
    [models.claude]
    provider = "anthropic"
    model = "claude-1"
    [models.gemini]
    provider = "google"
    model = "gemini-1"
    [models.home]
    provider = "ollama"
    model = "home-1"
    """
        .formatted(model.openai(), model.root());
  }

  private static Optional<Reply> think(Asked asked) {
    return Correspondence.word(asked.question())
        .map(word -> Reply.says(Correspondence.answer(word)));
  }

  private void judge(Correspondence talk) throws Exception {
    Correspondence.Tally tally = talk.judge();
    long failed = everyCallIsWrittenDown(talk);
    theOwnerHearsOfTheKeyOnce(talk);
    System.out.printf(
        "talk: storm, the built agent, %,d questions in Telegram and Discord: %,d answered (%d"
            + " without a model), %d parked with a reason; %d unknown on Telegram, %d of them"
            + " missing; 0 lost, 0 doubled; %,d calls to models, all written down, %,d failed, %s"
            + " (seed %d)%n",
        tally.questions(),
        tally.answered(),
        tally.withoutModel(),
        tally.parked(),
        tally.unknown(),
        tally.missing(),
        talk.model.asked().size(),
        failed,
        byModel(talk),
        seed);
  }

  /// Nobody was killed, so there is one row for each call that came to a provider.
  ///
  /// @return how many failed
  private static long everyCallIsWrittenDown(Correspondence talk) throws Exception {
    assertThat(talk.model.problems()).isEmpty();
    assertThat(talk.count("model_calls WHERE outcome IN ('DEFECT', 'CANCELLED')")).isZero();
    assertThat(talk.count("model_calls WHERE NOT cached")).isEqualTo(talk.model.asked().size());
    List<ModelFake.Call> whole = talk.model.calls().stream().filter(ModelFake.Call::whole).toList();
    assertThat(talk.count("model_calls WHERE outcome='ANSWERED' AND NOT cached"))
        .isEqualTo(whole.size());
    assertThat(
            talk.query(
                    "SELECT sum(input), sum(output) FROM model_calls WHERE outcome='ANSWERED'"
                        + " AND NOT cached",
                    row -> row.number(1) + " in, " + row.number(2) + " out")
                .getFirst())
        .as("tokens of the answers")
        .isEqualTo(
            whole.stream().mapToLong(call -> call.count().input()).sum()
                + " in, "
                + whole.stream().mapToLong(call -> call.count().output()).sum()
                + " out");
    assertThat(talk.agent.output()).doesNotContain(RETIRED, "key-2", "key-3", "key-4");
    return talk.count("model_calls WHERE outcome<>'ANSWERED'");
  }

  private static void theOwnerHearsOfTheKeyOnce(Correspondence talk) {
    assertThat(talk.model.asked()).filteredOn(asked -> asked.key().equals(RETIRED)).hasSize(1);
    assertThat(talk.query("SELECT content FROM outbox WHERE message IS NULL", row -> row.text(1)))
        .singleElement()
        .asString()
        .contains("groq no longer accepts the key in the environment variable K1.");
  }

  private static String byModel(Correspondence talk) {
    Map<String, Long> calls =
        talk.model.asked().stream()
            .collect(Collectors.groupingBy(Asked::model, TreeMap::new, Collectors.counting()));
    if (PROOF) {
      assertThat(calls).containsOnlyKeys("fast-1", "claude-1", "gemini-1", "home-1");
    }
    return calls.toString();
  }
}
