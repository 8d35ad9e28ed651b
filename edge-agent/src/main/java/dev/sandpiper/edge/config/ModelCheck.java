package dev.sandpiper.edge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What must fit together among providers and models.
final class ModelCheck {

  private static final List<ModelKey> PRICES =
      List.of(
          ModelKey.PRICE_INPUT,
          ModelKey.PRICE_OUTPUT,
          ModelKey.PRICE_CACHED,
          ModelKey.PRICE_CACHE_WRITE);

  private ModelCheck() {}

  static List<ConfigProblem> problems(List<SectionValues> sections) {
    List<ConfigProblem> problems = new ArrayList<>();
    List<String> providers = of(sections, Section.PROVIDERS).map(SectionValues::name).toList();
    of(sections, Section.PROVIDERS).forEach(section -> provider(section, problems));
    of(sections, Section.MODELS).forEach(section -> model(section, providers, problems));
    return problems;
  }

  private static Stream<SectionValues> of(List<SectionValues> sections, Section kind) {
    return sections.stream().filter(section -> section.section() == kind);
  }

  private static void provider(SectionValues section, List<ConfigProblem> problems) {
    ProviderConfig provider = ProviderConfig.from(section);
    if (provider.baseUrl().isPresent() && !BaseUrl.isSafe(provider.baseUrl().get())) {
      problems.add(section.problem(ProviderKey.BASE_URL, BaseUrl.RULE));
    }
    boolean takesKeys =
        switch (provider.kind()) {
          case OPENAI, ANTHROPIC, GEMINI -> true;
          case OLLAMA, BEDROCK -> false;
        };
    if (takesKeys && provider.keys().isEmpty() && provider.baseUrl().isEmpty()) {
      problems.add(
          section.problem(
              ProviderKey.KEYS, "is needed for this service, for instance [\"env:API_KEY\"]"));
    }
    if (provider.kind() == ProviderConfig.Kind.BEDROCK && provider.region().isEmpty()) {
      problems.add(
          section.problem(
              ProviderKey.REGION, "is needed for bedrock, for instance \"eu-central-1\""));
    }
  }

  private static void model(
      SectionValues section, List<String> providers, List<ConfigProblem> problems) {
    ModelConfig model = ModelConfig.from(section);
    if (!providers.contains(model.provider())) {
      String meant =
          Nearest.to(model.provider(), providers)
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("add a section [providers." + model.provider() + "]");
      problems.add(
          section.problem(
              ModelKey.PROVIDER,
              "no provider has the name \"" + model.provider() + "\"; " + meant));
    }
    if (model.maxTokens() >= model.contextTokens()) {
      problems.add(
          section.problem(
              ModelKey.MAX_TOKENS, "must be smaller than context (" + model.contextTokens() + ")"));
    }
    boolean priced = PRICES.stream().anyMatch(price -> section.values().decimal(price) != null);
    if (priced && model.prices().seen() == null) {
      problems.add(
          section.problem(
              ModelKey.PRICE_DATE,
              "is needed beside a price: prices change, and an old one must be seen to be old"));
    }
  }
}
