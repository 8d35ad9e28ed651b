package dev.sandpiper.edge.http;

import dev.sandpiper.edge.view.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An error answer (RFC 9457): what failed, on what, what to do next.
///
/// @param retryAfter when trying again makes sense; `null`: it does not by itself
/// @param headers more headers, for instance `Allow`
record Problem(
    int status,
    String title,
    String detail,
    @Nullable Duration retryAfter,
    Map<String, String> headers) {

  Problem {
    headers = Map.copyOf(headers);
  }

  static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, null, Map.of());
  }

  static Problem later(int status, String title, String detail, Duration retryAfter) {
    return new Problem(status, title, detail, retryAfter, Map.of());
  }

  static Problem notFound(String what) {
    return of(404, "Not found", what);
  }

  static Problem badRequest(String detail) {
    return of(400, "Bad request", detail);
  }

  Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, title, detail, retryAfter, more);
  }

  Response toResponse() {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (retryAfter != null) {
      all.put("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    byte[] body =
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("type", "about:blank");
          json.writeStringField("title", title);
          json.writeNumberField("status", status);
          json.writeStringField("detail", detail);
          json.writeEndObject();
        });
    return new Response.Whole(status, "application/problem+json", all, body);
  }

  /// Carries a problem out of a handler.
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    Thrown(Problem problem) {
      super(problem.title() + ": " + problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }

  Thrown thrown() {
    return new Thrown(this);
  }
}
