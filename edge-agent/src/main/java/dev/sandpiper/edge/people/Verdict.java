package dev.sandpiper.edge.people;

import org.jspecify.annotations.Nullable;

/// What the guard says of a message.
public sealed interface Verdict {

  /// It is of somebody who is let in.
  record Admitted(Person person) implements Verdict {}

  /// Its sender was let in by this message: it was the code. It is answered by the notice and
  /// otherwise done.
  record Paired(Person person, Notice notice) implements Verdict {}

  /// It is not taken.
  ///
  /// @param notice what its sender is told; `null`: nothing
  record TurnedAway(@Nullable Notice notice) implements Verdict {}
}
