package dev.sandpiper.edge.net;

/// Sends requests. Safe for any number of threads; a call blocks its thread, and interrupting the
/// thread closes the connection.
public interface HttpCaller {

  /// Sends a request and returns when the head of the answer is here, whatever its status. The body
  /// is still on its way: close the reply.
  ///
  /// @throws HttpCallException when there is no answer; it says whether the request may have
  ///   arrived
  HttpReply send(HttpCall call) throws HttpCallException, InterruptedException;

  /// Opens a WebSocket and returns when it is open.
  ///
  /// @throws HttpCallException when it is refused or cannot be reached
  WebSocketLink connect(WebSocketCall call) throws HttpCallException, InterruptedException;
}
