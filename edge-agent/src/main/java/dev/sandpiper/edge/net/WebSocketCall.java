package dev.sandpiper.edge.net;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// A WebSocket to open.
///
/// @param uri `ws` or `wss`, with host
/// @param connect longest wait until it is open
/// @param maxMessage longest message taken, in bytes
public record WebSocketCall(
    URI uri, Map<String, String> headers, Duration connect, int maxMessage) {

  public WebSocketCall {
    headers = Map.copyOf(headers);
  }
}
