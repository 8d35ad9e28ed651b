package dev.sandpiper.edge.event;

import org.jspecify.annotations.Nullable;

/// Where events come from.
public interface EventSource {

  /// Hears them, in turn; must be quick.
  @FunctionalInterface
  interface Listener {
    /// Something happened.
    void hear(EventLog.Event event);

    /// Nothing will come any more: the listener is not wanted here any longer.
    default void end() {}
  }

  /// Listens, after catching up on everything since `lastId`; `null` starts with what comes.
  EventLog.Subscription subscribe(@Nullable String lastId, Listener listener);
}
