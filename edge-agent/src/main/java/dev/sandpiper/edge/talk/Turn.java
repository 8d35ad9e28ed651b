package dev.sandpiper.edge.talk;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.store.Tx;
import java.util.List;
import java.util.Set;

/// What a message leads to: answers, and changes that are made in the same transaction as they are
/// put into the outbox.
///
/// @param effects runs once, in that transaction
/// @param quoted documents (SHA-256) whose words are in the answers: these go when one of them goes
public record Turn(List<Outgoing> answers, Effects effects, Set<String> quoted) {

  public Turn {
    answers = List.copyOf(answers);
    quoted = Set.copyOf(quoted);
  }

  /// Without words of a document.
  public Turn(List<Outgoing> answers, Effects effects) {
    this(answers, effects, Set.of());
  }

  /// The same, with words of these documents.
  public Turn quoting(Set<String> documents) {
    return new Turn(answers, effects, documents);
  }

  /// Changes that go with an answer.
  public interface Effects {
    /// Makes them.
    void apply(Tx tx);
  }

  /// An answer that changes nothing.
  public static Turn say(String markdown) {
    return new Turn(List.of(Outgoing.text(markdown)), _ -> {});
  }
}
