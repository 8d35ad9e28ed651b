package dev.sandpiper.parser.document;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Characters of one style.
///
/// @param marks how they are set
/// @param link where they lead; `null` for ordinary text
/// @param noteRef id of the [Block.Note] they refer to; `null` for ordinary text
public record Span(String text, Set<Mark> marks, @Nullable String link, @Nullable String noteRef) {

  /// How characters are set.
  public enum Mark {
    BOLD,
    ITALIC,
    CODE,
    STRIKE,
    UNDERLINE,
    SUPERSCRIPT,
    SUBSCRIPT,
    /// Present in the file but not shown to its reader: hidden text, hidden rows or sheets.
    HIDDEN
  }

  public Span {
    marks = Set.copyOf(marks);
  }

  /// Plain characters.
  public static Span of(String text) {
    return new Span(text, Set.of(), null, null);
  }

  /// Marked characters.
  public static Span of(String text, Set<Mark> marks) {
    return new Span(text, marks, null, null);
  }
}
