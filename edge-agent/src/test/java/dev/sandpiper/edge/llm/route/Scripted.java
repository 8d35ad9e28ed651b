package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Models that do as they are told, and then answer with their own name.
final class Scripted implements Adapters {

  static final Usage USED = new Usage(100, 40, 10, 20, 5, true);

  /// What a model does with a question.
  interface Step {
    ChatAnswer ask(ChatRequest request, ChatListener listener)
        throws ModelException, InterruptedException;
  }

  /// One question that reached a model.
  record Question(String model, @Nullable String key, ChatRequest request) {}

  private final Map<String, Deque<Step>> steps = new HashMap<>();
  private final List<Question> questions = new ArrayList<>();

  synchronized Scripted next(String model, Step... some) {
    steps.computeIfAbsent(model, _ -> new ArrayDeque<>()).addAll(List.of(some));
    return this;
  }

  synchronized List<Question> questions() {
    return List.copyOf(questions);
  }

  /// The models that were asked, in order.
  String order() {
    return questions().stream().map(Question::model).collect(Collectors.joining(" "));
  }

  static Step fails(Kind kind) {
    return fails(kind, null);
  }

  static Step fails(Kind kind, @Nullable Duration retryAfter) {
    return (_, _) -> {
      throw new ModelException(kind, kind + ".", retryAfter, new Usage(7, 0, 0, 3, 0, false), null);
    };
  }

  static ChatAnswer answer(String text, String id) {
    return new ChatAnswer(text, List.of(), ChatAnswer.Stop.END, USED, id);
  }

  @Override
  public ChatModel chat(ProviderConfig provider, ModelConfig model, @Nullable Secret key) {
    return (request, listener) -> {
      Step step;
      synchronized (this) {
        questions.add(new Question(model.name(), key == null ? null : key.reveal(), request));
        Deque<Step> left = steps.getOrDefault(model.name(), new ArrayDeque<>());
        step = left.isEmpty() ? null : left.removeFirst();
      }
      if (step != null) {
        return step.ask(request, listener);
      }
      listener.text("I am ");
      listener.text(model.name());
      return answer("I am " + model.name(), model.model() + "-0815");
    };
  }

  @Override
  public EmbeddingModel embedding(
      ProviderConfig provider, ModelConfig model, @Nullable Secret key) {
    return new EmbeddingModel() {
      @Override
      public String name() {
        return model.name();
      }

      @Override
      public Embedded embed(List<String> texts) {
        return new Embedded(
            texts.stream().map(_ -> new float[] {1}).toList(), new Usage(9, 0, 0, 0, 0, true));
      }
    };
  }
}
