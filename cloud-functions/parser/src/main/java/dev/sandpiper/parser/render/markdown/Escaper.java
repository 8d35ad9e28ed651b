package dev.sandpiper.parser.render.markdown;

/// Writes plain characters so that Markdown takes them as such, with a backslash only where one is
/// needed.
final class Escaper {

  /// Where the characters will stand.
  enum Place {
    PARAGRAPH("  \n"),
    HEADING("<br>"),
    CELL("<br>");

    private final String lineBreak;

    Place(String lineBreak) {
      this.lineBreak = lineBreak;
    }
  }

  /// Stands for whatever markup follows or precedes; like any of it, it is punctuation.
  private static final char MARKUP = '\u0001';

  private static final int LONGEST_ENTITY = 32;
  private static final int MOST_DIGITS = 9;

  private final String text;
  private final Place place;
  private int escapeAt = -1;

  Escaper(String text, Place place) {
    this.text = text;
    this.place = place;
    lineStart(0);
  }

  /// Writes the characters from `start` to `end`. Beyond them lies markup, unless the text ends and
  /// they are not wrapped.
  ///
  /// @param inLink whether brackets would end a link
  /// @param wrapped whether markup stands around the characters
  void write(int start, int end, boolean inLink, boolean wrapped, StringBuilder out) {
    boolean openStart = start == 0 && !wrapped;
    boolean openEnd = end == text.length() && !wrapped;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append(place.lineBreak);
        lineStart(i + 1);
        continue;
      }
      char before = i > start ? seen(text.charAt(i - 1)) : openStart ? ' ' : MARKUP;
      char after = i + 1 < end ? seen(text.charAt(i + 1)) : openEnd ? ' ' : MARKUP;
      if (i == escapeAt || needsEscape(i, c, before, after, inLink || after == MARKUP)) {
        out.append('\\');
      }
      out.append(c);
    }
  }

  /// A neighbour as Markdown will see it: a line break written as a tag is markup.
  private char seen(char c) {
    return c == '\n' && place != Place.PARAGRAPH ? MARKUP : c;
  }

  /// @param sure whether what follows may be anything, so that a doubtful character is escaped
  private boolean needsEscape(int at, char c, char before, char after, boolean sure) {
    return switch (c) {
      case '`' -> true;
      case '\\' -> sure || isAsciiPunctuation(after) || after == '\n' || at + 1 == text.length();
      case '*' -> !(Flanking.isSpace(before) && Flanking.isSpace(after));
      case '_' -> underscore(before, after);
      case '[' -> sure || after == '^';
      case ']' -> sure || after == '(' || after == '[' || after == ':';
      case '<' -> sure || Character.isLetter(after) || after == '/' || after == '!' || after == '?';
      case '!' -> after == MARKUP;
      case '&' -> sure || isEntity(at);
      case '~' -> after == '~' || after == MARKUP || !Flanking.isSpace(before);
      case '|' -> place == Place.CELL;
      case '#' -> place == Place.HEADING && isClosing(at);
      default -> false;
    };
  }

  /// Underscores inside a word, or alone, are what they look like.
  private boolean underscore(char before, char after) {
    if (before == MARKUP || after == MARKUP || before == '_' || after == '_') {
      return true;
    }
    boolean inWord = Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
    return !inWord && !(Flanking.isSpace(before) && Flanking.isSpace(after));
  }

  /// Number signs at the end of a heading are decoration unless something says otherwise.
  private boolean isClosing(int at) {
    boolean apart = at == 0 || Flanking.isSpace(text.charAt(at - 1));
    return apart && isOnly('#', at, text.length());
  }

  private boolean isEntity(int at) {
    int end = Math.min(text.length(), at + LONGEST_ENTITY);
    for (int i = at + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == ';') {
        return i > at + 1;
      }
      if (!Character.isLetterOrDigit(c) && c != '#') {
        return false;
      }
    }
    return false;
  }

  private static boolean isAsciiPunctuation(char c) {
    return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
  }

  /// Finds the character that would make the line at `start` begin something else than text.
  private void lineStart(int start) {
    escapeAt = -1;
    if (place != Place.PARAGRAPH || start >= text.length()) {
      return;
    }
    int end = text.indexOf('\n', start);
    end = end < 0 ? text.length() : end;
    escapeAt = dangerAt(start, end);
  }

  private int dangerAt(int start, int end) {
    char c = text.charAt(start);
    boolean alone = start + 1 == end || text.charAt(start + 1) == ' ';
    boolean danger =
        switch (c) {
          case '>' -> true;
          case '#' -> isHeading(start, end);
          case '-', '+', '*' -> alone || isOnly(c, start, end) || isDelimiterRow(start, end);
          case '_', '=' -> isOnly(c, start, end);
          case '|', ':' -> isDelimiterRow(start, end);
          case '[' -> isTaskBox(start, end);
          default -> false;
        };
    return danger ? start : isDigit(c) ? numberEnd(start, end) : -1;
  }

  private boolean isTaskBox(int start, int end) {
    return start + 2 < end
        && text.charAt(start + 2) == ']'
        && " xX".indexOf(text.charAt(start + 1)) >= 0;
  }

  private boolean isHeading(int start, int end) {
    int at = start;
    while (at < end && text.charAt(at) == '#') {
      at++;
    }
    return at - start <= 6 && (at == end || text.charAt(at) == ' ');
  }

  private boolean isOnly(char c, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != c && text.charAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  /// A row of dashes under a line makes it a table's header.
  private boolean isDelimiterRow(int start, int end) {
    for (int i = start; i < end; i++) {
      if ("|-: ".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return start > 0;
  }

  private int numberEnd(int start, int end) {
    int at = start;
    while (at < end && isDigit(text.charAt(at))) {
      at++;
    }
    boolean marker =
        at - start <= MOST_DIGITS
            && at < end
            && (text.charAt(at) == '.' || text.charAt(at) == ')')
            && (at + 1 == end || text.charAt(at + 1) == ' ');
    return marker ? at : -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
