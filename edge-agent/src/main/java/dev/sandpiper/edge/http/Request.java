package dev.sandpiper.edge.http;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request, its path and query decoded, its body still on the way.
///
/// @param parameters values of the template's `{name}` parts
/// @param query query parameters; one that comes twice keeps all its values
/// @param headers names in lower case; repeated ones joined with a comma
/// @param trusted it carries the agent's token
record Request(
    String method,
    Map<String, String> parameters,
    Map<String, List<String>> query,
    Map<String, String> headers,
    boolean trusted,
    Body payload) {

  /// What comes behind the header.
  ///
  /// @param bytes reading them is what makes the client send more
  /// @param length announced length; -1: not known
  record Body(InputStream bytes, long length) {}

  Request {
    parameters = Map.copyOf(parameters);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  InputStream body() {
    return payload.bytes();
  }

  long length() {
    return payload.length();
  }

  String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  @Nullable String first(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? null : values.getFirst();
  }

  List<String> all(String name) {
    return query.getOrDefault(name, List.of());
  }

  @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /// A whole number of the query, inside bounds.
  ///
  /// @throws Problem.Thrown when it is none
  long number(String name, long fallback, long least, long most) {
    String text = first(name);
    if (text == null) {
      return fallback;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // the message below covers it
    }
    throw Problem.badRequest(
            "%s must be a whole number from %d to %d.".formatted(name, least, most))
        .thrown();
  }
}
