package dev.sandpiper.parser.format.rtf;

import dev.sandpiper.parser.document.Span;
import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a group inherits from the group around it.
final class RtfState {

  /// Where the text of a group goes.
  enum Destination {
    BODY,
    SKIP,
    FONT_TABLE,
    STYLE_SHEET,
    FIELD_INSTRUCTION,
    TITLE,
    AUTHOR,
    SUBJECT,
    LIST_MARK,
    NOTE
  }

  Destination destination = Destination.BODY;
  EnumSet<Span.Mark> marks = EnumSet.noneOf(Span.Mark.class);
  Charset charset;
  int fallbackCharacters = 1;
  boolean inTable;
  boolean nestedProperties;
  int nesting;
  boolean inList;
  boolean orderedList;
  int listLevel;
  int outline = -1;
  int style = -1;
  @Nullable String link;

  RtfState(Charset charset) {
    this.charset = charset;
  }

  /// A copy for a group inside.
  RtfState inner() {
    RtfState copy = new RtfState(charset);
    copy.destination = destination;
    copy.marks = EnumSet.copyOf(marks);
    copy.fallbackCharacters = fallbackCharacters;
    copy.link = link;
    copy.nestedProperties = nestedProperties;
    copy.takeParagraph(this);
    return copy;
  }

  /// Paragraph settings outlive the group that made them.
  void takeParagraph(RtfState other) {
    inTable = other.inTable;
    nesting = other.nesting;
    inList = other.inList;
    orderedList = other.orderedList;
    listLevel = other.listLevel;
    outline = other.outline;
    style = other.style;
  }

  void resetParagraph() {
    leaveTable();
    inList = false;
    orderedList = false;
    listLevel = 0;
    outline = -1;
    style = -1;
  }

  void leaveTable() {
    inTable = false;
    nesting = 0;
  }

  /// In how many tables the paragraph is.
  int tableLevel() {
    return Math.max(inTable ? 1 : 0, nesting);
  }

  /// The level of the rows that are defined here: those in a cell have a group of their own.
  int definedLevel() {
    return nestedProperties ? nestedLevel() : 1;
  }

  /// The level of a cell or row that is said to be in another cell.
  int nestedLevel() {
    return Math.max(2, nesting);
  }

  void set(Span.Mark mark, boolean on) {
    if (on) {
      marks.add(mark);
    } else {
      marks.remove(mark);
    }
  }

  Set<Span.Mark> frozenMarks() {
    return Set.copyOf(marks);
  }
}
