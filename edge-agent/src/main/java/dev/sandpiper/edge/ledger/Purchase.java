package dev.sandpiper.edge.ledger;

import org.jspecify.annotations.Nullable;

/// Something that is about to be bought.
///
/// @param what the model, by the owner's name of it; or what of the cloud
/// @param workflow what it is for, such as `ask`, `cloud`, `schedule:morning`
/// @param person for whom; `null`: nobody in particular
/// @param micros what it costs at most, in millionths of a dollar; `null`: unknown, which is not 0
/// @param content a hash of what is asked, whichever model answers; `null`: it is never the same
public record Purchase(
    Kind kind,
    String what,
    String workflow,
    @Nullable Long person,
    @Nullable Long micros,
    @Nullable String content) {

  /// One that is never the same as another.
  public Purchase(
      Kind kind, String what, String workflow, @Nullable Long person, @Nullable Long micros) {
    this(kind, what, workflow, person, micros, null);
  }

  /// Where the money goes.
  public enum Kind {
    /// A language model.
    MODEL,
    /// Functions, storage and queues.
    CLOUD
  }
}
