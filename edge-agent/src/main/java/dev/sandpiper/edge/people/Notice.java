package dev.sandpiper.edge.people;

import java.time.Duration;

/// What somebody is told at the door, before or instead of being let in.
public sealed interface Notice {

  /// They are not known; this is how they can be.
  record Stranger(Account account) implements Notice {}

  /// They send too much; nothing of it is kept.
  record TooFast(int perMinute) implements Notice {}

  /// The code is wrong, used or too old.
  record WrongCode() implements Notice {}

  /// There were too many wrong codes.
  record TooManyTries(Duration pause) implements Notice {}

  /// They are let in from now on.
  ///
  /// @param linked whether the person was known already, on another channel
  record Welcome(Person person, boolean linked) implements Notice {}

  /// They were let in before; the code was not used up.
  record KnownAlready(Person person) implements Notice {}
}
