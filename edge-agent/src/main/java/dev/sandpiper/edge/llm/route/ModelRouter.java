package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.prompts.Prompt;
import dev.sandpiper.edge.llm.prompts.PromptException;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.llm.wire.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds an answer for a question: from the cache, from the model that is meant for it, or from one
/// that stands in. Safe for use by several threads; has none of its own but for the hidden second
/// answers.
///
/// Money is set aside before each call; where a budget has none for a model, one that costs less
/// may still answer. A question that a model does not accept is nobody else's either; one that is
/// too long goes only to a model that takes more; every other failure goes to the next in the
/// chain.
public final class ModelRouter implements Models, AutoCloseable {

  /// How long a question waits for its turn while there is somebody else to ask.
  static final Duration IMPATIENT = Duration.ofSeconds(2);

  private final LlmConfig llm;
  private final RouterWorld world;
  private final Prompts prompts;
  private final CallLog log;
  private final AnswerCache cache;
  private final Caller caller;
  private final Comparison comparison;
  private final ModelReport report;
  private final Map<String, Lane> lanes = new HashMap<>();

  /// A router that sets money aside for every call, and writes it down.
  public ModelRouter(LlmConfig llm, RouterParts parts, RouterWorld world) {
    this(llm, parts, world, new CallLog(parts, llm.keeping(), world));
  }

  private ModelRouter(LlmConfig llm, RouterParts parts, RouterWorld world, CallLog log) {
    this.llm = llm;
    this.world = world;
    this.prompts = parts.prompts();
    this.log = log;
    this.cache = new AnswerCache(parts.database(), llm.keeping(), world.clock(), world.journal());
    this.caller = new Caller(parts.adapters(), log, world.clock());
    this.report = new ModelReport(parts.database());
    ModelMemory memory = new ModelMemory(parts.database(), world.random(), world.journal());
    for (ProviderConfig provider : llm.providers()) {
      Lane.Shared shared =
          new Lane.Shared(
              provider,
              new KeyRing(provider, parts.secrets(), memory, parts.notices(), world.clock()),
              new Pace(provider, world.clock(), world.pause()));
      llm.models().stream()
          .filter(model -> model.provider().equals(provider.name()))
          .forEach(model -> lanes.put(model.name(), new Lane(model, shared, memory, world)));
    }
    this.comparison = new Comparison(llm, world, prompts, this::hidden);
  }

  @Override
  public boolean any() {
    return !Chain.answering(llm).isEmpty();
  }

  @Override
  public ChatAnswer ask(Purpose purpose, ChatRequest request, ChatListener listener)
      throws ModelException, InterruptedException {
    List<ModelConfig> chain = Chain.of(llm, purpose);
    Heard heard = new Heard(listener, world.clock());
    List<ModelException> failures = new ArrayList<>();
    int tooSmall = 0;
    for (int i = 0; i < chain.size(); i++) {
      ModelConfig model = chain.get(i);
      if (model.contextTokens() <= tooSmall) {
        continue;
      }
      try {
        return ask(lane(model), purpose, request, heard, i == chain.size() - 1);
      } catch (ModelException e) {
        failures.add(e);
        switch (e.kind()) {
          case BAD_REQUEST, FORBIDDEN -> throw Chain.together(failures);
          case TOO_LONG -> tooSmall = Math.max(tooSmall, model.contextTokens());
          case UNREACHABLE,
              TIMEOUT,
              SERVER,
              RATE_LIMITED,
              NO_CREDIT,
              UNAUTHORIZED,
              UNKNOWN_MODEL,
              OVER_BUDGET -> {
            // the next one may do; where money is short, one that costs less
          }
        }
      }
    }
    throw Chain.together(failures);
  }

  private ChatAnswer ask(Lane lane, Purpose purpose, ChatRequest request, Heard heard, boolean last)
      throws ModelException, InterruptedException {
    ChatRequest fitted = fitted(request, lane.model());
    Call.Asked asked = asked(lane, purpose, fitted, null);
    Optional<String> name = cache.findName(lane.provider(), lane.model(), fitted);
    Optional<ChatAnswer> kept = name.flatMap(cache::find);
    if (kept.isPresent()) {
      fromCache(asked, kept.get(), heard);
      return kept.get();
    }
    requireRoom(lane.model(), fitted);
    Duration patience = last ? lane.provider().times().total() : IMPATIENT;
    Caller.Answered answered =
        lane.run(
            Caller.most(fitted),
            patience,
            key -> caller.call(lane, key, asked, fitted, heard.voice()),
            done -> done.answer().usage());
    name.ifPresent(key -> cache.keep(key, answered.answer()));
    comparison.consider(purpose, request, lane.model(), answered.number());
    return answered.answer();
  }

  /// The hidden second answer: by one model only, at once or not at all.
  private void hidden(Comparison.Second second) throws ModelException, InterruptedException {
    Lane lane = lane(second.model());
    ChatRequest fitted = fitted(second.request(), lane.model());
    requireRoom(lane.model(), fitted);
    Call.Asked asked = asked(lane, second.purpose(), fitted, second.shadowOf());
    Heard nobody = new Heard(ChatListener.NONE, world.clock());
    Caller.Answered _ =
        lane.run(
            Caller.most(fitted),
            Duration.ZERO,
            key -> caller.call(lane, key, asked, fitted, nobody.voice()),
            done -> done.answer().usage());
  }

  private void fromCache(Call.Asked asked, ChatAnswer answer, Heard heard) {
    Heard.Voice voice = heard.voice();
    voice.text(answer.text());
    voice.end();
    long _ =
        log.write(
            new Call(
                voice.begun(),
                asked,
                answer.model(),
                Call.ANSWERED,
                Usage.NONE,
                0L,
                voice.firstMillis(),
                Duration.between(voice.begun(), world.clock().instant()).toMillis(),
                answer.text().length(),
                true));
  }

  /// What the model's section says fills in what the question leaves open, and bounds it.
  private static ChatRequest fitted(ChatRequest request, ModelConfig model) {
    Double temperature = request.sampling().temperature();
    return new ChatRequest(
        request.system(),
        request.messages(),
        request.tools(),
        new ChatRequest.Sampling(
            Math.min(request.sampling().maxTokens(), model.maxTokens()),
            temperature == null ? model.temperature() : temperature));
  }

  /// A question that is surely too long need not be sent to hear it; some providers would rather
  /// cut it than say so.
  private static void requireRoom(ModelConfig model, ChatRequest request) throws ModelException {
    long input = Estimate.input(request);
    if (input > model.contextTokens()) {
      throw new ModelException(
          Kind.TOO_LONG,
          "The question has about %,d tokens, and %s takes %,d. Ask about less, or use a model that takes more."
              .formatted(input, model.name(), model.contextTokens()),
          null);
    }
  }

  private Call.Asked asked(
      Lane lane, Purpose purpose, ChatRequest request, @Nullable Long shadowOf) {
    return new Call.Asked(
        purpose,
        lane.model().name(),
        lane.provider().name(),
        promptHash(purpose, request),
        shadowOf != null,
        shadowOf);
  }

  /// Of the prompt's own words, else of the words that were sent.
  private String promptHash(Purpose purpose, ChatRequest request) {
    try {
      return prompts
          .find(purpose.prompt())
          .map(Prompt::hash)
          .orElseGet(() -> Prompt.hash(request.system()));
    } catch (PromptException _) {
      return Prompt.hash(request.system());
    }
  }

  private Lane lane(ModelConfig model) {
    Lane lane = lanes.get(model.name());
    if (lane == null) {
      throw new IllegalStateException("no provider for " + model.name());
    }
    return lane;
  }

  @Override
  public Optional<EmbeddingModel> findEmbedding() {
    return llm.uses()
        .embedding()
        .flatMap(llm::findModel)
        .map(model -> new RoutedEmbedding(lane(model), caller, world.clock()));
  }

  @Override
  public List<ModelInfo> list() {
    return llm.models().stream()
        .map(model ->
            new ModelInfo(
                model.name(),
                model.provider(),
                model.model(),
                model.contextTokens(),
                lane(model).state()))
        .toList();
  }

  /// How often a kept answer was given, of the calls that are in the log.
  public ModelReport.Hits hits() {
    return report.hits();
  }

  /// Ends a hidden answer that is under way.
  @Override
  public void close() {
    comparison.close();
  }
}
