package dev.sandpiper.edge.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request target, decoded strictly: what is not UTF-8 or not well percent-encoded is refused.
///
/// @param path decoded segments
/// @param query decoded parameters
record Target(List<String> path, Map<String, List<String>> query) {

  private static final int MOST_PARAMETERS = 64;

  /// Reads a target in origin form; `null` when it is malformed.
  static @Nullable Target parse(String text) {
    if (!text.startsWith("/")) {
      return null;
    }
    int mark = text.indexOf('?');
    String path = mark < 0 ? text : text.substring(0, mark);
    List<String> segments = new ArrayList<>();
    for (String part : path.substring(1).split("/", -1)) {
      String segment = decode(part, false);
      if (segment == null || segment.equals("..") || segment.equals(".")) {
        return null;
      }
      segments.add(segment);
    }
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (mark >= 0 && mark < text.length() - 1 && !parseQuery(text.substring(mark + 1), query)) {
      return null;
    }
    return new Target(segments, query);
  }

  private static boolean parseQuery(String text, Map<String, List<String>> query) {
    String[] pairs = text.split("&", MOST_PARAMETERS + 1);
    if (pairs.length > MOST_PARAMETERS) {
      return false;
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      if (name == null || value == null) {
        return false;
      }
      query.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return true;
  }

  /// Undoes percent-encoding; `null` when the result is not UTF-8 or holds a zero byte.
  static @Nullable String decode(String text, boolean plusIsSpace) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0 || (high | low) == 0) {
          return null;
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else if (c > ' ' && c < 0x7f) {
        bytes.put((byte) (c == '+' && plusIsSpace ? ' ' : c));
      } else if (c >= 0x80 && c <= 0xff) {
        // Netty reads the request line as Latin-1: a raw UTF-8 byte arrives as one such char.
        bytes.put((byte) c);
      } else {
        return null;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }
}
