package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Models that answer what a test says.
final class ScriptedModels implements Models {

  /// Answers a request.
  interface Script {
    ChatAnswer answer(ChatRequest request) throws ModelException;
  }

  final List<ChatRequest> asked = new ArrayList<>();
  final List<Purpose> purposes = new ArrayList<>();
  private final @Nullable Script script;
  private final int contextTokens;
  @Nullable EmbeddingModel embedding;

  private ScriptedModels(@Nullable Script script, int contextTokens) {
    this.script = script;
    this.contextTokens = contextTokens;
  }

  static ScriptedModels none() {
    return new ScriptedModels(null, 0);
  }

  static ScriptedModels of(Script script) {
    return new ScriptedModels(script, 32_000);
  }

  static ScriptedModels of(int contextTokens, Script script) {
    return new ScriptedModels(script, contextTokens);
  }

  /// Always says the same.
  static ScriptedModels saying(String text) {
    return of(_ -> says(text));
  }

  static ChatAnswer says(String text) {
    return new ChatAnswer(text, List.of(), ChatAnswer.Stop.END, Usage.NONE, "scripted");
  }

  static ChatAnswer calls(ToolCall... calls) {
    return new ChatAnswer("", List.of(calls), ChatAnswer.Stop.TOOLS, Usage.NONE, "scripted");
  }

  @Override
  public boolean any() {
    return script != null;
  }

  @Override
  public ChatAnswer ask(Purpose purpose, ChatRequest request, ChatListener listener)
      throws ModelException {
    if (script == null) {
      throw new IllegalStateException("no model is configured, and yet one is asked");
    }
    asked.add(request);
    purposes.add(purpose);
    ChatAnswer answer = script.answer(request);
    for (String piece : answer.text().split("(?<= )", -1)) {
      listener.text(piece);
    }
    return answer;
  }

  @Override
  public Optional<EmbeddingModel> findEmbedding() {
    return Optional.ofNullable(embedding);
  }

  @Override
  public List<ModelInfo> list() {
    return script == null
        ? List.of()
        : List.of(new ModelInfo("main", "fake", "scripted", contextTokens, "ready"));
  }
}
