package dev.sandpiper.edge.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {

  @TempDir Path home;

  private static LlmConfig config(String provider, String model) {
    return Configs.parse(
            """
            [providers.p]
            %s
            [models.m]
            provider = "p"
            %s
            """
                .formatted(
                    provider.contains("kind") ? provider : "kind = \"openai\"\n" + provider, model))
        .llm();
  }

  private Optional<PriceBook.Found> find(String provider, String model) {
    LlmConfig llm = config(provider, model);
    return PriceBook.open(home).find(llm.providers().getFirst(), llm.models().getFirst());
  }

  @Test
  void whatCameWithSandpiperIsReadAndDated() {
    PriceBook.Found found = find("keys = [\"env:K\"]", "model = \"gpt-4o-mini\"").orElseThrow();
    assertThat(found.prices().input()).isEqualByComparingTo("0.15");
    assertThat(found.prices().output()).isEqualByComparingTo("0.6");
    assertThat(found.prices().cached()).isEqualByComparingTo("0.075");
    assertThat(found.place()).isEqualTo("Sandpiper");
    assertThat(found.date()).isEqualTo(LocalDate.of(2026, 12, 1));
    assertThat(found.source()).contains("LiteLLM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind = \"anthropic\" | claude-haiku-4-5",
        "kind = \"gemini\" | gemini-2.5-flash",
        "base_url = \"https://api.groq.com/openai/v1\" | openai/gpt-oss-20b",
        "base_url = \"https://api.deepseek.com\" | deepseek-chat",
        "base_url = \"https://api.mistral.ai/v1\" | mistral-small-latest",
      })
  void commonServicesAreKnown(String provider, String model) {
    assertThat(find(provider + "\nkeys = [\"env:K\"]", "model = \"" + model + "\"")).isPresent();
  }

  @Test
  void bedrockIsKnownByItsIds() {
    assertThat(
            find(
                "kind = \"bedrock\"\nregion = \"eu-central-1\"",
                "model = \"eu.amazon.nova-lite-v1:0\""))
        .isPresent();
  }

  @Test
  void whatIsNotKnownStaysUnknown() {
    assertThat(find("keys = [\"env:K\"]", "model = \"gpt-unheard-of\"")).isEmpty();
    assertThat(find("base_url = \"https://llm.example.org/v1\"", "model = \"gpt-4o-mini\""))
        .as("another service may take another price")
        .isEmpty();
    LlmConfig llm = config("keys = [\"env:K\"]", "model = \"gpt-unheard-of\"");
    assertThat(PriceBook.open(home).priced(llm)).isEqualTo(llm);
  }

  @Test
  void ollamaCostsNothingUnlessAPriceIsSet() {
    assertThat(find("kind = \"ollama\"", "model = \"qwen3:4b\"").orElseThrow().prices().output())
        .isZero();
    assertThat(
            find(
                    "kind = \"ollama\"",
                    "model = \"x\"\nprice_input = 1\nprice_output = 2\nprice_date = 2026-11-01")
                .orElseThrow()
                .prices()
                .output())
        .isEqualByComparingTo("2");
  }

  @Test
  void theConfigurationGoesBeforeTheOwnersFileAndThatBeforeOurs() throws IOException {
    write(
        """
        {"date": "2026-10-01", "source": "the bill", "models": {
          "openai/gpt-4o-mini": {"input": 7, "output": 8},
          "llm.example.org/own": {"input": 0.5, "output": 1.25, "cached": 0.05}}}
        """);
    PriceBook.Found found = find("keys = [\"env:K\"]", "model = \"gpt-4o-mini\"").orElseThrow();
    assertThat(found.prices().input()).isEqualByComparingTo("7");
    assertThat(found.prices().cached()).as("no dearer than the input").isEqualByComparingTo("7");
    assertThat(found.place()).isEqualTo("prices.json");
    assertThat(found.date()).isEqualTo(LocalDate.of(2026, 10, 1));
    assertThat(find("base_url = \"https://llm.example.org/v1\"", "model = \"own\"")).isPresent();
    assertThat(find("keys = [\"env:K\"]", "model = \"gpt-4o\"").orElseThrow().place())
        .isEqualTo("Sandpiper");
    assertThat(
            find(
                    "keys = [\"env:K\"]",
                    "model = \"gpt-4o-mini\"\nprice_input = 3\nprice_date = 2026-11-01")
                .orElseThrow()
                .prices())
        .isEqualTo(
            new ModelConfig.Prices(
                BigDecimal.valueOf(3), null, null, null, LocalDate.of(2026, 11, 1)));
  }

  @Test
  void whereLongQuestionsCostMoreAModelThatTakesThemIsReckonedWithMore() throws IOException {
    write(
        """
        {"date": "2026-10-01", "source": "x", "models": {"openai/long": {
          "input": 1, "output": 5, "above": {"tokens": 200000, "input": 2}}}}
        """);
    String keys = "keys = [\"env:K\"]";
    assertThat(find(keys, "model = \"long\"\ncontext = 200000").orElseThrow().prices().input())
        .isEqualByComparingTo("1");
    ModelConfig.Prices dear =
        find(keys, "model = \"long\"\ncontext = 200001").orElseThrow().prices();
    assertThat(dear.input()).isEqualByComparingTo("2");
    assertThat(dear.output()).isEqualByComparingTo("5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[] | line 1: it does not begin with {",
        "{} | line 1: it is empty",
        "{\"date\": \"soon\"} | line 1: \"date\" must be as in 2026-11-27",
        "{\"source\": \"x\"} | \"date\" is missing",
        "{\"date\": \"2026-10-01\"} | line 1: \"source\" is missing",
        "{\"date\": \"2026-10-01\", \"prize\": 1} | line 1: \"prize\" is not known",
        "{\"date\": \"2026-10-01\", \"source\": \"x\", \"models\": {}} | line 1: it has no model with a price",
        "{\"models\": {\"gpt\": {}}} | line 1: a model must be named as in \"openai/gpt-4o-mini\"",
        "{\"models\": {\"a/b\": {\"input\": 1}}} | line 1: \"a/b\" needs \"input\" and \"output\"",
        "{\"models\": {\"a/b\": {\"input\": -1}}} | line 1: \"input\" must be a number from 0 to 1,000,000",
        "{\"models\": {\"a/b\": {\"input\": \"1\"}}} | line 1: \"input\" must be a number from 0 to 1,000,000",
        "{\"models\": {\"a/b\": {\"input\": 1e999999999}}} | line 1: \"input\" must be a number from 0 to 1,000,000",
        "{\"models\": {\"a/b\": {\"above\": {\"input\": 1}}}} | line 1: \"above\" needs \"tokens\"",
        "{\"models\": {\"a/b\": {\"per_image\": 1}}} | line 1: \"per_image\" is not known",
      })
  void aWrongFileIsRefusedWithAReason(String text, String reason) throws IOException {
    write(text);
    assertThatThrownBy(() -> PriceBook.open(home))
        .isInstanceOf(PriceException.class)
        .hasMessage(
            "The price file "
                + home.resolve("prices.json")
                + " cannot be used: "
                + reason
                + ". It is to be as 'sandpiper cost prices --help' says, or LiteLLM's.");
  }

  @Test
  void aFileOfLiteLlmIsTakenOver() throws IOException {
    Path theirs = home.resolve("theirs.json");
    Files.writeString(
        theirs,
        """
        {"sample_spec": {"input_cost_per_token": 0.0, "litellm_provider": "openai",
            "output_cost_per_token": 0.0, "mode": "one of"},
         "gpt-x": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.5e-07,
            "output_cost_per_token": 6e-07, "cache_read_input_token_cost": 7.5e-08,
            "input_cost_per_token_above_272k_tokens": 3e-07,
            "supported_regions": ["a"], "search_context_cost_per_query": {"low": 0.1}},
         "groq/some/model": {"litellm_provider": "groq", "mode": "chat",
            "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06},
         "vectors": {"litellm_provider": "openai", "mode": "embedding",
            "input_cost_per_token": 2e-08},
         "bedrock/eu-west-1/old": {"litellm_provider": "bedrock", "mode": "chat",
            "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06},
         "picture": {"litellm_provider": "openai", "output_cost_per_image": 0.04},
         "elsewhere": {"litellm_provider": "nowhere", "input_cost_per_token": 1e-06,
            "output_cost_per_token": 2e-06}}
        """);
    Files.setLastModifiedTime(theirs, FileTime.from(Instant.parse("2026-11-20T12:00:00Z")));
    assertThat(PriceFile.refresh(home, theirs))
        .isEqualTo(
            new PriceFile.Refreshed(
                3, LocalDate.of(2026, 11, 20), "LiteLLM, model_prices_and_context_window.json"));
    assertThat(home.resolve("prices.json"))
        .hasContent(
            """
            {
              "date" : "2026-11-20",
              "source" : "LiteLLM, model_prices_and_context_window.json",
              "models" : {
                "groq/some/model" : {
                  "input" : 1,
                  "output" : 2
                },
                "openai/gpt-x" : {
                  "input" : 0.15,
                  "output" : 0.6,
                  "cached" : 0.075,
                  "above" : {
                    "tokens" : 272000,
                    "input" : 0.3,
                    "output" : 0.6,
                    "cached" : 0.075
                  }
                },
                "openai/vectors" : {
                  "input" : 0.02,
                  "output" : 0
                }
              }
            }\
            """);
    assertThat(find("keys = [\"env:K\"]", "model = \"gpt-x\"").orElseThrow().prices().input())
        .isEqualByComparingTo("0.15");
  }

  @Test
  void aWrongFileLeavesTheOwnersAsItIs() throws IOException {
    String before =
        "{\"date\":\"2026-10-01\",\"source\":\"x\",\"models\":{\"a/b\":{\"input\":1,\"output\":1}}}";
    write(before);
    Path wrong = home.resolve("wrong.json");
    Files.writeString(wrong, "{\"date\": \"2026-10-01\", \"source\": \"x\", \"models\": {");
    assertThatThrownBy(() -> PriceFile.refresh(home, wrong)).isInstanceOf(PriceException.class);
    assertThatThrownBy(() -> PriceFile.refresh(home, home.resolve("none.json")))
        .hasMessage("There is no price file " + home.resolve("none.json") + ".");
    assertThat(home.resolve("prices.json")).hasContent(before);
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files).hasSize(2);
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(home.resolve("prices.json"), text);
  }
}
