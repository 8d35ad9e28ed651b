package dev.sandpiper.parser.render.markdown;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Link targets and note names in Markdown.
final class Links {

  private static final int LONGEST = 2_000;

  private Links() {}

  /// Whether a link is worth writing: scripts are not, nor are pictures packed into an address.
  static boolean isUseful(String link) {
    String lower = link.strip().toLowerCase(Locale.ROOT);
    return !lower.isEmpty()
        && lower.length() <= LONGEST
        && !lower.startsWith("javascript:")
        && !lower.startsWith("vbscript:")
        && !lower.startsWith("data:");
  }

  /// A target as it may stand between parentheses.
  static String destination(String link) {
    StringBuilder out = new StringBuilder();
    for (byte b : link.strip().getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c <= ' ' || c >= 0x7F || c == '<' || c == '>' || c == '(' || c == ')' || c == '\\'
          || c == '|') {
        out.append("%%%02X".formatted((int) c));
      } else if (c == '&') {
        out.append("&amp;");
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /// Whether a link and its text are the same, so that `<link>` says it all.
  static boolean isPlain(String text, String link) {
    if (!link.equals(text) || (!link.startsWith("https://") && !link.startsWith("http://"))) {
      return false;
    }
    for (int i = 0; i < link.length(); i++) {
      char c = link.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '<' || c == '>' || c == '|' || c == '&') {
        return false;
      }
    }
    return true;
  }

  /// A note's id with nothing in it that would end the reference.
  static String noteId(String id) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      out.append((c < 0x7F && Character.isLetterOrDigit(c)) || c == '_' || c == '.' ? c : '-');
    }
    return out.isEmpty() ? "note" : out.toString();
  }
}
