package dev.sandpiper.edge.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Language models: who runs them, which there are, and which is used for what.
///
/// @param providers in the order of the file
/// @param models in the order of the file; each names one of the providers
/// @param uses which model is used for what
/// @param compare what is set beside it
/// @param keeping how much is kept of what was asked
public record LlmConfig(
    List<ProviderConfig> providers,
    List<ModelConfig> models,
    Uses uses,
    Compare compare,
    Keeping keeping) {

  public LlmConfig {
    providers = List.copyOf(providers);
    models = List.copyOf(models);
  }

  /// Which model is used for what, by the owner's names.
  ///
  /// @param standard for everything that has none of its own; empty: the first there is
  /// @param byWorkflow by the word for what it does, such as `ask`
  /// @param embedding makes vectors; empty: none
  /// @param fallback stand in, in this order
  public record Uses(
      Optional<String> standard,
      Map<String, String> byWorkflow,
      Optional<String> embedding,
      List<String> fallback) {

    public Uses {
      byWorkflow = Map.copyOf(byWorkflow);
      fallback = List.copyOf(fallback);
    }
  }

  /// A second answer that nobody sees.
  ///
  /// @param model by whom; empty: by the model that answered
  /// @param prompt by which version of a prompt; empty: by the same
  /// @param share of the questions, 0 to 1
  public record Compare(Optional<String> model, Optional<String> prompt, double share) {

    /// Whether anything is compared.
    public boolean on() {
      return share > 0 && (model.isPresent() || prompt.isPresent());
    }
  }

  /// How much is kept.
  ///
  /// @param answers most answers; 0: none
  /// @param answerBytes most room for them
  /// @param calls most calls, one by one
  /// @param callAge longest time for those
  public record Keeping(int answers, long answerBytes, int calls, Duration callAge) {}

  /// The provider with that name.
  public Optional<ProviderConfig> findProvider(String name) {
    return providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  /// The model with that name.
  public Optional<ModelConfig> findModel(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  static LlmConfig from(Values values, List<SectionValues> sections) {
    Map<String, String> byWorkflow = new TreeMap<>();
    values.findText(ConfigKey.LLM_ASK).ifPresent(model -> byWorkflow.put("ask", model));
    values.findText(ConfigKey.LLM_SUMMARY).ifPresent(model -> byWorkflow.put("summary", model));
    BigDecimal share = values.decimal(ConfigKey.LLM_COMPARE_SHARE);
    return new LlmConfig(
        sections.stream()
            .filter(section -> section.section() == Section.PROVIDERS)
            .map(ProviderConfig::from)
            .toList(),
        sections.stream()
            .filter(section -> section.section() == Section.MODELS)
            .map(ModelConfig::from)
            .toList(),
        new Uses(
            values.findText(ConfigKey.LLM_DEFAULT),
            byWorkflow,
            values.findText(ConfigKey.LLM_EMBEDDING),
            values.list(ConfigKey.LLM_FALLBACK)),
        new Compare(
            values.findText(ConfigKey.LLM_COMPARE),
            values.findText(ConfigKey.LLM_COMPARE_PROMPT),
            share == null ? 0 : share.doubleValue()),
        new Keeping(
            values.integer(ConfigKey.LLM_CACHE_ANSWERS),
            values.size(ConfigKey.LLM_CACHE_SIZE),
            values.integer(ConfigKey.LLM_KEEP_CALLS),
            values.duration(ConfigKey.LLM_KEEP_FOR)));
  }
}
