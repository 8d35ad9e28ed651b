package dev.sandpiper.standin.http;

import java.util.Map;

/// A whole request.
///
/// @param path percent-encoded as it came, without the query
/// @param query decoded; a name without a value has the empty string
/// @param headers by lower-case name, the last of each
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  public Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /// A header's value; the empty string when it is not there.
  public String header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, "");
  }
}
