package dev.sandpiper.standin.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// An answer.
///
/// @param headers may have a `Content-Length` of its own, for HEAD
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Reply(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

  private static final Delivery WHOLE = new Delivery.Whole();

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0], WHOLE);
  }

  public static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, Map.of("Content-Type", contentType), body, WHOLE);
  }

  public static Reply of(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /// No answer: the connection is reset.
  public static Reply reset() {
    return empty(500).delivered(new Delivery.Reset());
  }

  public Reply delivered(Delivery other) {
    return new Reply(status, headers, body, other);
  }

  public Reply with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, delivery);
  }
}
