package dev.sandpiper.edge.net;

import java.time.Duration;

/// An open WebSocket. Pings are answered by themselves.
public interface WebSocketLink extends AutoCloseable {

  /// What comes out of it.
  sealed interface Received {
    /// A text message.
    record Text(String text) implements Received {}

    /// It is closed; there is nothing more.
    ///
    /// @param code the far side's code; 1006 when it just broke
    record Closed(int code, String reason) implements Received {}

    /// Nothing came within the time.
    record Silence() implements Received {}
  }

  /// The next message, waiting at most so long.
  Received receive(Duration wait) throws InterruptedException;

  /// Sends a text message; after a close it does nothing.
  void send(String text);

  /// Closes it with a code.
  void close(int code, String reason);

  /// Closes it with 1000.
  @Override
  default void close() {
    close(1000, "");
  }
}
