package dev.sandpiper.edge.config;

import java.util.List;
import java.util.Optional;

/// Language models: who runs them and which there are.
///
/// @param providers in the order of the file
/// @param models in the order of the file; each names one of the providers
public record LlmConfig(List<ProviderConfig> providers, List<ModelConfig> models) {

  public LlmConfig {
    providers = List.copyOf(providers);
    models = List.copyOf(models);
  }

  /// The provider with that name.
  public Optional<ProviderConfig> findProvider(String name) {
    return providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  /// The model with that name.
  public Optional<ModelConfig> findModel(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  static LlmConfig from(List<SectionValues> sections) {
    return new LlmConfig(
        sections.stream()
            .filter(section -> section.section() == Section.PROVIDERS)
            .map(ProviderConfig::from)
            .toList(),
        sections.stream()
            .filter(section -> section.section() == Section.MODELS)
            .map(ModelConfig::from)
            .toList());
  }
}
