package dev.sandpiper.edge.net;

import java.net.URI;
import java.util.Map;

/// A request.
///
/// @param uri `http` or `https`, with host
/// @param headers beside Host, Content-Type, Content-Length and User-Agent, which are set unless
///   they are here
public record HttpCall(
    String method, URI uri, Map<String, String> headers, HttpBody body, CallTimes times) {

  public HttpCall {
    headers = Map.copyOf(headers);
  }
}
