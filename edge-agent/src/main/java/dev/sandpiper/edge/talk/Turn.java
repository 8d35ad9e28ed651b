package dev.sandpiper.edge.talk;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.store.Tx;
import java.util.List;

/// What a message leads to: answers, and changes that are made in the same transaction as they are
/// put into the outbox.
///
/// @param effects runs once, in that transaction
public record Turn(List<Outgoing> answers, Effects effects) {

  public Turn {
    answers = List.copyOf(answers);
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
