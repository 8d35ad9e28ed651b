package dev.sandpiper.edge.work.answer;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Turn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A whole answer: what several parts of the agent have to say to one message.
///
/// @param progress is given the keys of the answers, in order
/// @param history what of it a model is shown later
/// @param quoted documents whose words are in it, or in what it answers
record Reply(
    List<Outgoing> answers,
    List<Turn.Effects> effects,
    List<Progress> progress,
    List<ChatMessage> history,
    Set<String> quoted) {

  Reply {
    answers = List.copyOf(answers);
    effects = List.copyOf(effects);
    progress = List.copyOf(progress);
    history = List.copyOf(history);
    quoted = Set.copyOf(quoted);
  }

  /// Needs to know under which keys the answers go out.
  interface Progress {
    void apply(Tx tx, List<String> keys);
  }

  static Reply of(Turn turn) {
    return new Reply(turn.answers(), List.of(turn.effects()), List.of(), List.of(), turn.quoted());
  }

  /// This, and after it a turn.
  Reply and(Turn turn) {
    List<Outgoing> all = new ArrayList<>(answers);
    all.addAll(turn.answers());
    List<Turn.Effects> every = new ArrayList<>(effects);
    every.add(turn.effects());
    return new Reply(all, every, progress, history, with(turn.quoted()));
  }

  /// This, said of a document.
  Reply about(String document) {
    return new Reply(answers, effects, progress, history, with(Set.of(document)));
  }

  private Set<String> with(Set<String> more) {
    Set<String> all = new LinkedHashSet<>(quoted);
    all.addAll(more);
    return all;
  }

  /// All its words; `null` when it has nothing to say.
  @Nullable String said() {
    if (answers.isEmpty()) {
      return null;
    }
    return answers.stream()
        .map(answer -> answer instanceof Outgoing.Text text ? text.markdown() : answer.toString())
        .collect(Collectors.joining("\n\n"));
  }

  /// This, remembered as the answer to a person's words; with none, not remembered.
  Reply remembering(String words) {
    String said =
        answers.stream()
            .filter(Outgoing.Text.class::isInstance)
            .map(answer -> ((Outgoing.Text) answer).markdown())
            .collect(Collectors.joining("\n\n"));
    if (words.isBlank() || said.isBlank()) {
      return this;
    }
    return new Reply(
        answers,
        effects,
        progress,
        List.of(new ChatMessage.User(words), new ChatMessage.Assistant(said, List.of())),
        quoted);
  }
}
