package dev.sandpiper.edge;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.anthropic.AnthropicModels;
import dev.sandpiper.edge.llm.bedrock.BedrockModels;
import dev.sandpiper.edge.llm.bedrock.BedrockOptions;
import dev.sandpiper.edge.llm.gemini.GeminiModels;
import dev.sandpiper.edge.llm.ollama.OllamaModels;
import dev.sandpiper.edge.llm.ollama.OllamaOptions;
import dev.sandpiper.edge.llm.openai.OpenAiModels;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.llm.route.Adapters;
import dev.sandpiper.edge.llm.route.ModelRouter;
import dev.sandpiper.edge.llm.route.Notices;
import dev.sandpiper.edge.llm.route.Pause;
import dev.sandpiper.edge.llm.route.RollCall;
import dev.sandpiper.edge.llm.route.RouterParts;
import dev.sandpiper.edge.llm.route.RouterWorld;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import dev.sandpiper.edge.llm.wire.ModelTimes;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import dev.sandpiper.edge.price.PriceBook;
import dev.sandpiper.edge.price.PriceException;
import dev.sandpiper.edge.store.Database;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the models and the way to them. Without a configured model it makes nothing; an adapter is
/// loaded when its first question comes.
public final class ModelWiring implements AutoCloseable {

  private static final String BEDROCK_MAIN = "dev.sandpiper.edge.courier.BedrockMain";

  private final AgentConfig config;
  private final Environment environment;
  private final Supplier<HttpCaller> http;
  private final InstantSource clock;
  private final Map<String, BedrockModels> bedrock = new ConcurrentHashMap<>();

  /// @param http makes the one caller, or answers it again
  public ModelWiring(
      AgentConfig config, Environment environment, Supplier<HttpCaller> http, InstantSource clock) {
    this.config = config;
    this.environment = environment;
    this.http = http;
    this.clock = clock;
  }

  /// The models of an agent; empty when none is configured. To be closed before the database.
  public Optional<ModelRouter> findRouter(
      Database database, Ledger ledger, Notices notices, RandomGenerator random, Journal journal) {
    return config.llm().models().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ModelRouter(
                priced(journal),
                new RouterParts(
                    database,
                    ledger,
                    new HttpAdapters(),
                    place -> place.resolve(environment),
                    prompts(),
                    notices),
                new RouterWorld(clock, Pause.REAL, random, journal)));
  }

  /// A price file that cannot be used costs its prices, not the agent.
  private LlmConfig priced(Journal journal) {
    try {
      return PriceBook.open(config.home()).priced(config.llm());
    } catch (PriceException e) {
      journal.warn("price-file-not-used", "reason", e.getMessage());
      return PriceBook.shipped().priced(config.llm());
    }
  }

  /// What models are told, with the owner's own files.
  public Prompts prompts() {
    return new Prompts(config.home().resolve("prompts"));
  }

  /// Asks every model, with every key, a tiny question over the network: it costs a few tokens
  /// each.
  public static List<CheckResult> check(
      AgentConfig config, Environment environment, InstantSource clock)
      throws InterruptedException {
    try (Loop loop = new Loop()) {
      HttpCaller caller = new NettyCaller(loop, "Sandpiper");
      try (ModelWiring wiring = new ModelWiring(config, environment, () -> caller, clock)) {
        return wiring.check(config.llm());
      }
    }
  }

  /// Ends the processes that ask Bedrock.
  @Override
  public void close() {
    bedrock.values().forEach(BedrockModels::close);
  }

  private List<CheckResult> check(LlmConfig llm) throws InterruptedException {
    return new RollCall(
            llm, new HttpAdapters(), place -> place.resolve(environment), prompts(), clock)
        .run();
  }

  /// The adapters over HTTP.
  private final class HttpAdapters implements Adapters {

    @Override
    public ChatModel chat(ProviderConfig provider, ModelConfig model, @Nullable Secret key) {
      String id = model.model();
      return switch (provider.kind()) {
        case OPENAI -> OpenAiModels.chat(endpoint(provider, OpenAiModels.BASE, key), id);
        case ANTHROPIC -> AnthropicModels.chat(endpoint(provider, AnthropicModels.BASE, key), id);
        case GEMINI -> GeminiModels.chat(endpoint(provider, GeminiModels.BASE, key), id);
        case OLLAMA ->
            OllamaModels.chat(
                endpoint(provider, OllamaModels.BASE, key), id, ollama(model.contextTokens()));
        case BEDROCK ->
            bedrock
                .computeIfAbsent(provider.name(), _ -> bedrock(provider))
                .chat(id, times(provider));
      };
    }

    /// Named after the provider: each has a process of its own, and that a folder.
    private BedrockModels bedrock(ProviderConfig provider) {
      Path folder = config.home().resolve("bedrock-" + provider.name());
      return new BedrockModels(
          new BedrockOptions(
              CloudWiring.command(Distribution.current(), folder, BEDROCK_MAIN),
              folder,
              new BedrockOptions.Place(provider.region(), provider.baseUrl()),
              provider
                  .profile()
                  .<AwsBurstConfig.Credentials>map(AwsBurstConfig.Credentials.Profile::new)
                  .orElseGet(() -> config.burstAws().credentials()),
              BedrockOptions.IDLE),
          clock);
    }

    private static ModelTimes times(ProviderConfig provider) {
      ProviderConfig.Times times = provider.times();
      return new ModelTimes(times.connect(), times.firstToken(), times.idle(), times.total());
    }

    @Override
    public EmbeddingModel embedding(
        ProviderConfig provider, ModelConfig model, @Nullable Secret key) {
      String id = model.model();
      return switch (provider.kind()) {
        case OPENAI -> OpenAiModels.embedding(endpoint(provider, OpenAiModels.BASE, key), id);
        case GEMINI -> GeminiModels.embedding(endpoint(provider, GeminiModels.BASE, key), id);
        case OLLAMA ->
            OllamaModels.embedding(
                endpoint(provider, OllamaModels.BASE, key), id, ollama(model.contextTokens()));
        case ANTHROPIC, BEDROCK ->
            new NoEmbedding(id, unsupported(provider, "make vectors; use another kind"));
      };
    }

    /// Told how much it must take, a server does not cut questions without a word.
    private static OllamaOptions ollama(int contextTokens) {
      return new OllamaOptions(null, contextTokens);
    }

    private ModelEndpoint endpoint(ProviderConfig provider, String base, @Nullable Secret key) {
      return new ModelEndpoint(
          http.get(), URI.create(provider.baseUrl().orElse(base)), key, times(provider), clock);
    }
  }

  private static ModelException unsupported(ProviderConfig provider, String what) {
    return new ModelException(
        Kind.FORBIDDEN,
        "%s is of the kind %s, which cannot %s."
            .formatted(provider.name(), provider.kind().name().toLowerCase(Locale.ROOT), what),
        null);
  }

  /// A provider that makes no vectors.
  private record NoEmbedding(String name, ModelException reason) implements EmbeddingModel {
    @Override
    public Embedded embed(List<String> texts) throws ModelException {
      throw reason;
    }
  }
}
