package dev.sandpiper.parser.format.docx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The fields that are open where the reader stands: their instructions are not text, their results
/// are.
final class Fields {

  private static final int MOST_OPEN = 200;
  private static final int LONGEST_INSTRUCTION = 4096;

  private static final class Open {
    private final StringBuilder instruction = new StringBuilder();
    private boolean result;
    private @Nullable String link;
  }

  private final Deque<Open> open = new ArrayDeque<>();
  private int beyond;

  void begin() {
    if (open.size() < MOST_OPEN) {
      open.push(new Open());
    } else {
      beyond++;
    }
  }

  void instruction(String text) {
    Open field = open.peek();
    if (field != null && field.instruction.length() < LONGEST_INSTRUCTION) {
      field.instruction.append(text);
    }
  }

  void separate() {
    Open field = open.peek();
    if (field != null && beyond == 0) {
      field.result = true;
      field.link = link(field.instruction.toString());
    }
  }

  void end() {
    if (beyond > 0) {
      beyond--;
    } else {
      open.poll();
    }
  }

  /// Ends fields whose result never began: at the end of a paragraph an instruction has been
  /// forgotten, and must not swallow the rest of the document.
  void endParagraph() {
    open.removeIf(field -> !field.result);
    beyond = 0;
  }

  /// Whether text here is part of an instruction.
  boolean inInstruction() {
    for (Open field : open) {
      if (!field.result) {
        return true;
      }
    }
    return false;
  }

  /// The innermost hyperlink around text here; `null` when there is none.
  @Nullable String link() {
    for (Open field : open) {
      if (field.link != null) {
        return field.link;
      }
    }
    return null;
  }

  /// The address of a `HYPERLINK` instruction; `null` for any other, and for a place in the
  /// document itself.
  static @Nullable String link(String instruction) {
    String text = instruction.strip();
    if (!text.toUpperCase(Locale.ROOT).startsWith("HYPERLINK")) {
      return null;
    }
    String rest = text.substring("HYPERLINK".length()).strip();
    if (rest.startsWith("\\l")) {
      return null;
    }
    if (rest.startsWith("\"")) {
      int end = rest.indexOf('"', 1);
      return blankToNull(end < 0 ? rest.substring(1) : rest.substring(1, end));
    }
    int space = rest.indexOf(' ');
    return blankToNull(space < 0 ? rest : rest.substring(0, space));
  }

  private static @Nullable String blankToNull(String text) {
    return text.isBlank() ? null : text;
  }
}
