package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.people.Person;
import org.jspecify.annotations.Nullable;

/// Which model a person chose to talk to.
public interface ModelChoice {

  /// Everybody takes what is configured for the purpose.
  ModelChoice NONE = _ -> null;

  /// The owner's name of it; `null` when none was chosen.
  @Nullable String of(Person person);
}
