package dev.sandpiper.edge.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A method, a path template and what answers.
///
/// @param template path with `{name}` parts; a part may have a suffix, as in `{id}.md`
/// @param access who may call it, and which share of the server it uses
record Route(String method, String template, Access access, Handler handler) {

  /// Who may call a route and which share of the server it uses.
  enum Access {
    /// Everybody, even without a token; or the handler asks who it is.
    OPEN,
    /// With the token; a short look-up or change.
    LOOKUP,
    /// With the token; a body that may take long.
    UPLOAD,
    /// The handler asks who it is, before it reads a body that may take long.
    OPEN_UPLOAD,
    /// What other programs call; they sign what they say.
    HOOK;

    /// Whether the token is not asked for before the handler is.
    boolean isOpen() {
      return switch (this) {
        case OPEN, OPEN_UPLOAD, HOOK -> true;
        case LOOKUP, UPLOAD -> false;
      };
    }

    /// Whether its body may take long, so that it has a place or none, and never waits for one.
    boolean isUpload() {
      return this == UPLOAD || this == OPEN_UPLOAD;
    }
  }

  /// Answers a request; may block.
  interface Handler {
    Response handle(Request request) throws IOException;
  }

  static Route get(String template, Handler handler) {
    return new Route("GET", template, Access.LOOKUP, handler);
  }

  static Route post(String template, Handler handler) {
    return new Route("POST", template, Access.LOOKUP, handler);
  }

  /// The parameters when the path fits; `null` when it does not.
  @Nullable Map<String, String> match(List<String> path) {
    List<String> parts = List.of(template.substring(1).split("/", -1));
    if (parts.size() != path.size()) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String part = parts.get(i);
      String given = path.get(i);
      int close = part.indexOf('}');
      if (close < 0) {
        if (!part.equals(given)) {
          return null;
        }
        continue;
      }
      String suffix = part.substring(close + 1);
      if (!given.endsWith(suffix) || given.length() == suffix.length()) {
        return null;
      }
      parameters.put(
          part.substring(1, close), given.substring(0, given.length() - suffix.length()));
    }
    return parameters;
  }
}
