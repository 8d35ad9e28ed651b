package dev.sandpiper.parser.format.xlsx;

import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts that cells refer to by number.
final class SharedStrings {

  private static final int LONGEST_TEXT = 1_000_000;

  private final List<String> texts = new ArrayList<>();

  /// Reads `sharedStrings.xml`; `null` when there is none.
  static SharedStrings read(@Nullable XmlCursor xml, ParseBudget budget) {
    SharedStrings strings = new SharedStrings();
    long characters = 0;
    while (xml != null && xml.next()) {
      if (xml.isStart("s:si")) {
        String text = richText(xml);
        strings.texts.add(text);
        // A table of texts that no cell uses must not fill the memory either; cells spend the same
        // characters when they use them, so here only the excess counts.
        characters += text.length() + 8L;
        if (characters > budget.limits().maxCharacters()) {
          budget.spendCharacters(characters);
        }
      }
    }
    return strings;
  }

  /// Reads a rich text to its end: its runs without the phonetic guide.
  static String richText(XmlCursor xml) {
    StringBuilder text = new StringBuilder();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("s:t")) {
        text.append(xml.allText(LONGEST_TEXT));
      } else if (xml.isStart("s:rPh")) {
        xml.skip();
      }
    }
    return unescape(text.toString());
  }

  /// Characters that XML cannot hold are written `_x000D_`.
  private static String unescape(String text) {
    int at = text.indexOf("_x");
    if (at < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    int from = 0;
    while (at >= 0) {
      int code = at + 7 <= text.length() && text.charAt(at + 6) == '_' ? hex(text, at + 2) : -1;
      if (code >= 0) {
        plain.append(text, from, at);
        if (code >= 0x20 || code == '\n' || code == '\t') {
          plain.append((char) code);
        }
        from = at + 7;
      }
      at = text.indexOf("_x", Math.max(from, at + 2));
    }
    return plain.append(text, from, text.length()).toString();
  }

  private static int hex(String text, int at) {
    int code = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  /// The text of a number; empty when there is none.
  String get(String index) {
    try {
      int i = Integer.parseInt(index.strip());
      return i >= 0 && i < texts.size() ? texts.get(i) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
