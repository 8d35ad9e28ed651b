package dev.sandpiper.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SectionsTest {

  private static final String SMALLEST =
      """
      [providers.home]
      kind = "ollama"
      [models.small]
      provider = "home"
      model = "qwen3:4b"
      """;

  @Test
  void withoutSectionsThereIsNothing() {
    assertThat(Configs.parse("").llm())
        .isEqualTo(
            new LlmConfig(
                List.of(),
                List.of(),
                new LlmConfig.Uses(Optional.empty(), Map.of(), Optional.empty(), List.of()),
                new LlmConfig.Compare(Optional.empty(), Optional.empty(), 0.1),
                new LlmConfig.Keeping(1_000, 16 << 20, 10_000, Duration.ofDays(90))));
    assertThat(Configs.parse("").llm().compare().on()).isFalse();
  }

  @Test
  void defaultsOfASection() {
    LlmConfig llm = Configs.parse(SMALLEST).llm();
    assertThat(llm.findProvider("home"))
        .contains(
            new ProviderConfig(
                "home",
                ProviderConfig.Kind.OLLAMA,
                Optional.empty(),
                "",
                Optional.empty(),
                List.of(),
                new ProviderConfig.Limits(0, 0, 4),
                new ProviderConfig.Times(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5))));
    assertThat(llm.findModel("small"))
        .contains(
            new ModelConfig(
                "small", "home", "qwen3:4b", 32_000, 4_096, null, ModelConfig.Prices.UNKNOWN));
  }

  @Test
  void everyKeyIsMapped() {
    AgentConfig config =
        Configs.parse(
            """
            [providers.big]
            kind = "bedrock"
            base_url = "https://models.example/v1"
            region = "eu-central-1"
            profile = "work"
            keys = ["env:A", "file:/b"]
            rpm = 60
            tpm = 90000
            concurrency = 2
            connect_timeout = "1s"
            first_token_timeout = "2s"
            idle_timeout = "3s"
            total_timeout = "4s"
            [models.best]
            provider = "big"
            model = "m-1"
            context = 200000
            max_tokens = 8000
            temperature = 0.5
            price_input = 3
            price_output = 15.00
            price_cached = 0.3
            price_cache_write = "3.75"
            price_date = 2026-11-30
            """);
    assertThat(config.llm().providers())
        .containsExactly(
            new ProviderConfig(
                "big",
                ProviderConfig.Kind.BEDROCK,
                Optional.of("https://models.example/v1"),
                "eu-central-1",
                Optional.of("work"),
                List.of(new SecretRef.Env("A"), new SecretRef.InFile(Path.of("/b"))),
                new ProviderConfig.Limits(60, 90_000, 2),
                new ProviderConfig.Times(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4))));
    assertThat(config.llm().models())
        .containsExactly(
            new ModelConfig(
                "best",
                "big",
                "m-1",
                200_000,
                8_000,
                0.5,
                new ModelConfig.Prices(
                    new BigDecimal("3"),
                    new BigDecimal("15"),
                    new BigDecimal("0.3"),
                    new BigDecimal("3.75"),
                    LocalDate.of(2026, 11, 30))));
    // The test must be extended when a key is added: every key comes from the text above.
    assertThat(config.effective())
        .filteredOn(value -> value.key().startsWith("providers.big."))
        .hasSameSizeAs(Section.PROVIDERS.keys())
        .allMatch(value -> value.origin().startsWith("line "));
    assertThat(config.effective())
        .filteredOn(value -> value.key().startsWith("models.best."))
        .hasSameSizeAs(Section.MODELS.keys())
        .allMatch(value -> value.origin().startsWith("line "));
  }

  @Test
  void theValuesInForceAreShownUnderTheirSection() {
    AgentConfig config = Configs.parse(SMALLEST + "price_input = 0.10\nprice_date = 2026-11-30\n");
    assertThat(config.effective().stream().map(EffectiveValue::toString))
        .contains(
            "providers.home.kind = \"ollama\"  # line 2",
            "providers.home.keys = []  # default",
            "models.small.model = \"qwen3:4b\"  # line 5",
            "models.small.price_input = 0.1  # line 6",
            "models.small.price_output = \"\"  # default",
            "models.small.price_date = 2026-11-30  # line 7");
  }

  @Test
  void everyProblemIsReportedAtOnceWithLineAndSuggestion() {
    assertThat(
            Configs.problems(
                """
                [providers.groq]
                knd = "openai"
                keys = ["gsk_secret"]
                [providers.Bad]
                kind = "openai"
                [models.fast]
                provider = "groq"
                modle = "llama"
                context = "much"
                price_input = -1
                price_date = "soon"
                temperature = true
                [provider.other]
                kind = "openai"
                """))
        .containsExactly(
            "line 1: providers.groq.kind: is needed, for instance \"openai\"",
            "line 2: providers.groq.knd: unknown key; did you mean providers.groq.kind?",
            "line 3: providers.groq.keys: must name where the secret is, not be it: env:NAME,"
                + " file:/absolute/path or credential:name",
            "line 4: providers.Bad: must be named with up to 32 lower-case letters, digits, '-'"
                + " and '_', a letter first",
            "line 6: models.fast.model: is needed, for instance \"llama-3.3-70b-versatile\"",
            "line 8: models.fast.modle: unknown key; did you mean models.fast.model?",
            "line 9: models.fast.context: must be a whole number from 1000 to 100000000, not"
                + " \"much\"",
            "line 10: models.fast.price_input: must be a number from 0 to 100000, not -1",
            "line 11: models.fast.price_date: must be a date such as 2026-11-30, not \"soon\"",
            "line 12: models.fast.temperature: must be a number from 0 to 2, not true",
            "line 14: provider.other.kind: unknown key; did you mean providers.other.kind?");
  }

  @Test
  void whatMustFitTogetherIsCheckedTogether() {
    assertThat(
            Configs.problems(
                """
                [providers.groq]
                kind = "openai"
                base_url = "http://models.example/v1"
                [providers.cloud]
                kind = "bedrock"
                [providers.claude]
                kind = "anthropic"
                [models.fast]
                provider = "grok"
                model = "llama"
                price_output = 0
                [models.slow]
                provider = "elsewhere"
                model = "m"
                context = 2000
                """))
        .containsExactly(
            "line 3: providers.groq.base_url: must be an https:// URL; http:// is taken for this"
                + " machine only",
            "line 4: providers.cloud.region: is needed for bedrock, for instance \"eu-central-1\"",
            "line 6: providers.claude.keys: is needed for this service, for instance"
                + " [\"env:API_KEY\"]",
            "line 8: models.fast.price_date: is needed beside a price: prices change, and an old"
                + " one must be seen to be old",
            "line 9: models.fast.provider: no provider has the name \"grok\"; did you mean"
                + " \"groq\"?",
            "line 12: models.slow.max_tokens: must be smaller than context (2000)",
            "line 13: models.slow.provider: no provider has the name \"elsewhere\"; add a section"
                + " [providers.elsewhere]");
  }

  @Test
  void whatIsUsedMustBeThere() {
    assertThat(
            Configs.problems(
                SMALLEST
                    + """
                    [llm]
                    default = "smal"
                    ask = "small"
                    embedding = "vectors"
                    fallback = ["small", "tiny"]
                    compare_prompt = "ask"
                    """))
        .containsExactly(
            "line 7: llm.default: no model has the name \"smal\"; did you mean \"small\"?",
            "line 9: llm.embedding: no model has the name \"vectors\"; add a section"
                + " [models.vectors]",
            "line 10: llm.fallback: no model has the name \"tiny\"; add a section [models.tiny]",
            "line 11: llm.compare_prompt: must be a prompt's name and version, such as \"ask/1\";"
                + " 'sandpiper prompts' lists them");
  }

  @Test
  void theDoorOfTelegramIsNobodyElses() {
    assertThat(
            Configs.problems(
                "[webhooks.house]\nsecrets = [\"env:A\"]\n"
                    + "[webhooks.telegram]\nsecrets = [\"env:B\"]"))
        .containsExactly(
            "line 4: webhooks.telegram.secrets: /hooks/telegram is the door of Telegram's own"
                + " updates; give this section another name, for instance"
                + " [webhooks.telegram-bridge]");
  }

  @Test
  void aModelServerOfThisMachineNeedsNoKey() {
    assertThat(
            Configs.problems(
                "[providers.studio]\nkind = \"openai\"\nbase_url = \"http://127.0.0.1:1234/v1\""))
        .isEmpty();
  }

  @Test
  void aKeyThatIsWrittenOutIsNeverRepeated() {
    for (String keys : List.of("\"sk-1234\"", "[\"sk-1234\"]", "[[\"sk-1234\"]]")) {
      assertThat(Configs.problems("[providers.a]\nkind = \"openai\"\nkeys = " + keys))
          .isNotEmpty()
          .noneMatch(problem -> problem.contains("sk-1234"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "providers = 1",
        "providers = []",
        "[[providers]]\nkind = \"openai\"",
        "[providers]\nkind = \"openai\"",
        "[[providers.a]]\nkind = \"openai\"",
        "[providers.a.b]\nkind = \"openai\"",
        "[providers.\"a.b\"]\nkind = \"ollama\"",
        "[providers.\"\"]\nkind = \"ollama\"",
        "[providers.a]",
        "models.a.model = {}",
        "[models.a]\nprovider = \"a\"\nmodel = \"m\"\nprice_input = 1e9999",
        "[models.a]\nprovider = \"a\"\nmodel = \"m\"\nprice_input = nan",
        "[models.a]\nprovider = \"a\"\nmodel = \"m\"\nprice_date = 2026-11-30T10:00:00"
      })
  void brokenSectionsAreProblemsAndNothingElse(String toml) {
    assertThat(Configs.problems(toml)).isNotEmpty();
  }

  @Test
  void thereIsABoundOnTheirNumber() {
    StringBuilder toml = new StringBuilder();
    for (int i = 0; i <= Section.MOST; i++) {
      toml.append("[providers.p%d]%nkind = \"ollama\"%n".formatted(i));
    }
    assertThat(Configs.problems(toml.toString()))
        .containsExactly("providers: must not hold more than 64 sections");
  }

  @Test
  void theExamplesOfTheStarterFileAreValid() {
    String examples =
        ConfigText.starterFile()
            .replaceAll("(?m)^#(\\[|[a-z_]+ = )", "$1")
            .replace("\n# owners = []", "\nowners = [\"telegram:12345678\"]");
    AgentConfig config = Configs.parse(examples);
    for (Section section : Section.values()) {
      assertThat(config.effective())
          .filteredOn(value -> value.key().startsWith(section.key() + "."))
          .hasSameSizeAs(section.keys());
    }
    assertThat(config.llm().models())
        .singleElement()
        .extracting(ModelConfig::provider)
        .isEqualTo("groq");
  }

  @Test
  void theExampleOfTheReadmeIsValid() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int begin = readme.indexOf("```toml") + "```toml".length();
    AgentConfig config = Configs.parse(readme.substring(begin, readme.indexOf("```", begin)));
    assertThat(config.llm().models()).hasSizeGreaterThan(4);
    assertThat(config.llm().providers().stream().map(ProviderConfig::kind))
        .contains(ProviderConfig.Kind.values());
  }
}
