package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.ConfigException;
import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.SecretRef;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel.Embedded;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.prompts.Prompts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks every model a tiny question, past circuits, limits and cache: what works now? The first
/// model of a provider is asked with each of its keys, the others with the first that can be read.
public final class RollCall {

  /// Enough for a model that thinks first.
  private static final int MOST_TOKENS = 512;

  private static final double SECOND = 1_000;

  private final LlmConfig llm;
  private final Adapters adapters;
  private final Function<SecretRef, Secret> secrets;
  private final Prompts prompts;
  private final InstantSource clock;

  /// @param secrets fetches a key from its place; throws [ConfigException] when it is not there
  public RollCall(
      LlmConfig llm,
      Adapters adapters,
      Function<SecretRef, Secret> secrets,
      Prompts prompts,
      InstantSource clock) {
    this.llm = llm;
    this.adapters = adapters;
    this.secrets = secrets;
    this.prompts = prompts;
    this.clock = clock;
  }

  /// One finding for each question, in the order of the file.
  public List<CheckResult> run() throws InterruptedException {
    List<CheckResult> findings = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (ModelConfig model : llm.models()) {
      ProviderConfig provider = llm.findProvider(model.provider()).orElseThrow();
      boolean first = !seen.contains(provider.name());
      seen.add(provider.name());
      findings.addAll(check(provider, model, first));
    }
    return findings;
  }

  private List<CheckResult> check(ProviderConfig provider, ModelConfig model, boolean everyKey)
      throws InterruptedException {
    if (provider.keys().isEmpty()) {
      return List.of(ask(provider, model, model.name(), null));
    }
    List<CheckResult> findings = new ArrayList<>();
    for (SecretRef place : provider.keys()) {
      String name =
          everyKey && provider.keys().size() > 1
              ? model.name() + ", " + KeyRing.words(place)
              : model.name();
      try {
        CheckResult finding = ask(provider, model, name, secrets.apply(place));
        if (!everyKey && finding.status() == CheckResult.Status.OK) {
          return List.of(finding);
        }
        findings.add(finding);
      } catch (ConfigException e) {
        findings.add(
            CheckResult.fail(
                name,
                "not asked: " + e.getMessage(),
                "Put the key there, or change providers.%s.keys.".formatted(provider.name())));
      }
    }
    return everyKey ? findings : List.of(findings.getLast());
  }

  private CheckResult ask(
      ProviderConfig provider, ModelConfig model, String name, @Nullable Secret key)
      throws InterruptedException {
    Heard.Voice voice = new Heard(ChatListener.NONE, clock).voice();
    try {
      if (llm.uses().embedding().equals(Optional.of(model.name()))) {
        Embedded vectors = adapters.embedding(provider, model, key).embed(List.of("ready"));
        return CheckResult.ok(
            name,
            "%s makes vectors of %,d numbers; %s"
                .formatted(
                    model.model(),
                    vectors.vectors().isEmpty() ? 0 : vectors.vectors().getFirst().length,
                    took(voice, vectors.usage())));
      }
      String prompt = prompts.newest("check").fill(Map.of());
      ChatRequest request =
          ChatRequest.of(
              "",
              prompt,
              new ChatRequest.Sampling(
                  Math.min(MOST_TOKENS, model.maxTokens()), model.temperature()));
      ChatAnswer answer = adapters.chat(provider, model, key).ask(request, voice);
      return CheckResult.ok(
          name, "%s answers; %s".formatted(answer.model(), took(voice, answer.usage())));
    } catch (ModelException e) {
      return CheckResult.fail(name, "no answer", String.valueOf(e.getMessage()));
    }
  }

  private String took(Heard.Voice voice, Usage usage) {
    Long first = voice.firstMillis();
    long total = Duration.between(voice.begun(), clock.instant()).toMillis();
    return "%s%.1f s in all, %,d tokens in, %,d out%s"
        .formatted(
            first == null ? "" : "first word after %.1f s, ".formatted(first / SECOND),
            total / SECOND,
            usage.input(),
            usage.output(),
            usage.complete() ? "" : " (estimated: the provider does not count)");
  }
}
