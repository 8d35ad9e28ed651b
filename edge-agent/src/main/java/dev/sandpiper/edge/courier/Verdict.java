package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.protocol.Fault;

/// What a failed request to the cloud means.
///
/// @param fault whose fault it is
/// @param again whether asking again may help
/// @param words what the cloud said, and what to do next; whole sentences
record Verdict(Fault fault, Again again, String words) {

  /// What may help.
  enum Again {
    /// Nothing that a machine can do.
    NEVER,
    /// A pause.
    LATER,
    /// A longer pause, and fewer requests at once.
    SLOWER,
    /// The same request with fresh credentials; the second time it is final.
    WITH_NEW_CREDENTIALS,
    /// The same request at once: the SDK has taken the time from the answer; the second time it is
    /// final.
    WITH_THE_RIGHT_TIME
  }
}
