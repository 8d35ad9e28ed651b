package dev.sandpiper.edge.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the file name of a Content-Disposition header: `filename*` before `filename`.
final class ContentDisposition {

  private static final String EXTENDED = "utf-8''";

  private ContentDisposition() {}

  /// The name; `null` when there is none. Raw UTF-8 and percent-encoded names are both understood.
  static @Nullable String name(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String extended = parameter(header, "filename*");
    if (extended != null && extended.toLowerCase(Locale.ROOT).startsWith(EXTENDED)) {
      String decoded = Target.decode(extended.substring(EXTENDED.length()), false);
      if (decoded != null) {
        return decoded;
      }
    }
    String plain = parameter(header, "filename");
    return plain == null ? null : utf8(plain);
  }

  /// A parameter's value without its quotes; `null` when it is missing.
  static @Nullable String parameter(String header, String name) {
    int at = header.indexOf(';');
    while (at >= 0 && at < header.length()) {
      int equals = header.indexOf('=', at);
      if (equals < 0) {
        return null;
      }
      String key = header.substring(at + 1, equals).strip();
      StringBuilder value = new StringBuilder();
      at = readValue(header, equals + 1, value);
      if (key.equalsIgnoreCase(name)) {
        return value.toString().strip();
      }
    }
    return null;
  }

  /// Reads a token or a quoted text; returns where the next `;` is, or the end.
  private static int readValue(String header, int from, StringBuilder value) {
    int at = from;
    boolean quoted = false;
    while (at < header.length()) {
      char c = header.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\' && at + 1 < header.length()) {
        at++;
        value.append(header.charAt(at));
      } else if (c == ';' && !quoted) {
        return at;
      } else {
        value.append(c);
      }
      at++;
    }
    return at;
  }

  /// Header bytes arrive as Latin-1 characters; most clients mean UTF-8.
  private static String utf8(String latin1) {
    if (latin1.chars().anyMatch(c -> c > 0xff)) {
      return latin1;
    }
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
