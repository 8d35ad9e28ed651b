package dev.sandpiper.edge.channel;

/// Takes what comes in.
public interface Inbox {

  /// What became of it.
  enum Taken {
    /// It is on the disk and will be answered.
    NEW,
    /// It was taken before.
    KNOWN,
    /// Its sender is not allowed in, or sends too much; nothing is kept.
    DENIED
  }

  /// Takes a message. When this returns, the far side may be told that it has arrived.
  ///
  /// @throws dev.sandpiper.edge.store.StoreException when it cannot be kept: do not acknowledge it,
  ///   try again later
  Taken accept(Incoming incoming);
}
