package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.Passage;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.prompts.Prompt;
import dev.sandpiper.edge.people.Person;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes what a model is sent, within its bounds.
final class Briefing {
  /// Left for what is counted differently elsewhere.
  private static final int SLACK = 300;

  private static final int LONGEST_NAME = 40;

  private final Parts parts;
  private final Fence.Maker fences;

  Briefing(Parts parts, Fence.Maker fences) {
    this.parts = parts;
    this.fences = fences;
  }

  /// A written prompt.
  record Written(Purpose purpose, ChatRequest request, Fence fence) {}

  /// Tokens that a prompt may take: any of the models that talk may have to stand in.
  int budget() {
    String embedding = parts.models().findEmbedding().map(EmbeddingModel::name).orElse("");
    int takes =
        parts.models().list().stream()
            .filter(model ->
                !embedding.equals(model.name())
                    && !embedding.equals(model.provider() + "/" + model.model()))
            .mapToInt(Models.ModelInfo::contextTokens)
            .filter(tokens -> tokens > 0)
            .min()
            .orElse(Integer.MAX_VALUE);
    int room = takes - parts.config().answerTokens() - SLACK;
    return Math.max(SLACK, Math.min(parts.config().question().tokens(), room));
  }

  LocalDate today() {
    return LocalDate.ofInstant(parts.clock().instant(), parts.zone());
  }

  /// What is to be asked.
  ///
  /// @param said the person's words, or the agent's for them
  /// @param held numbered passages; they are left out from the end when there is no room
  /// @param before what was said before, the newest as far as there is room
  record Draft(
      String prompt,
      String workflow,
      Person person,
      String said,
      Sources sources,
      List<Passage> held,
      List<ChatMessage> before) {}

  Written write(Draft draft, Toolbox toolbox) {
    Prompt prompt = parts.prompts().newest(draft.prompt());
    int left = budget() - Tokenizing.estimate(prompt.text() + draft.said());
    for (var spec : toolbox.specs()) {
      left -= Tokenizing.estimate(spec.description() + spec.schema()) + 20;
    }
    List<ChatMessage> before = newest(draft.before(), left / 4);
    left -= before.stream().mapToInt(message -> Tokenizing.estimate(text(message))).sum();
    List<Passage> shown = fitting(draft.held(), left);
    Fence fence =
        fences.around(
            String.join("\n", shown.stream().map(Sources::content).toList()) + draft.said());
    String passages = shown.isEmpty() ? "" : draft.sources().fenced(shown, fence) + "\n";
    List<ChatMessage> messages = new ArrayList<>(before);
    messages.add(new ChatMessage.User(passages + draft.said()));
    return new Written(
        purpose(draft, prompt),
        new ChatRequest(
            prompt.fill(values(prompt, draft.person(), fence)),
            messages,
            toolbox.specs(),
            ChatRequest.Sampling.steady(parts.config().answerTokens())),
        fence);
  }

  /// Text of the agent's own making that comes from documents, in a fence as they are.
  Written write(Draft draft, String label, String held) {
    Prompt prompt = parts.prompts().newest(draft.prompt());
    Fence fence = fences.around(held + draft.said());
    return new Written(
        purpose(draft, prompt),
        ChatRequest.of(
            prompt.fill(values(prompt, draft.person(), fence)),
            fence.hold(label, held) + draft.said(),
            ChatRequest.Sampling.steady(parts.config().answerTokens())),
        fence);
  }

  private Purpose purpose(Draft draft, Prompt prompt) {
    @Nullable String model = parts.choice().of(draft.person());
    return new Purpose(draft.workflow(), draft.person().id(), model, prompt.id());
  }

  private Map<String, String> values(Prompt prompt, Person person, Fence fence) {
    Map<String, String> all =
        Map.of(
            "person", name(person),
            "language", new Phrases(parts.messages(), person.language()).languageName(),
            "today", today().toString(),
            "fence", fence.word());
    Map<String, String> wanted = new TreeMap<>(all);
    wanted.keySet().retainAll(prompt.placeholders());
    return wanted;
  }

  /// Anybody may call themselves anything.
  private static String name(Person person) {
    String plain = Invisible.strip(person.name()).replaceAll("[^\\p{L}\\p{N} .'’-]", "").strip();
    String name = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    return name.isEmpty() ? "the person" : name;
  }

  private static List<ChatMessage> newest(List<ChatMessage> before, int tokens) {
    List<ChatMessage> kept = new ArrayList<>();
    int left = tokens;
    for (ChatMessage message : before.reversed()) {
      left -= Tokenizing.estimate(text(message));
      if (left < 0) {
        break;
      }
      kept.addFirst(message);
    }
    while (!kept.isEmpty() && !(kept.getFirst() instanceof ChatMessage.User)) {
      kept.removeFirst();
    }
    return kept;
  }

  private static String text(ChatMessage message) {
    return switch (message) {
      case ChatMessage.User(String text) -> text;
      case ChatMessage.Assistant(String text, var calls) -> text + calls;
      case ChatMessage.ToolResult result -> result.text();
    };
  }

  private static List<Passage> fitting(List<Passage> passages, int tokens) {
    List<Passage> fitting = new ArrayList<>();
    int left = tokens;
    for (Passage passage : passages) {
      left -= Tokenizing.estimate(Sources.content(passage)) + 40;
      if (left < 0 && !fitting.isEmpty()) {
        break;
      }
      fitting.add(passage);
    }
    return fitting;
  }
}
