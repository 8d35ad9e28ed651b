package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Span.Mark;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.pdf.page.PageItem.Line;
import dev.sandpiper.parser.format.pdf.page.PageItem.Run;
import dev.sandpiper.parser.format.pdf.page.Style;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Joins the lines of a paragraph into text: words split at a line's end become whole.
final class TextBuilder {

  private final List<Span> spans = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private final int ignored;
  private int style;
  private @Nullable String link;

  /// @param ignored bits of [Style] that are not marked
  TextBuilder(int ignored) {
    this.ignored = ignored;
  }

  static Text plain(List<Line> lines) {
    return new TextBuilder(~0).add(lines, 0).build();
  }

  /// Adds lines.
  ///
  /// @param skip characters of the first line to leave out
  TextBuilder add(List<Line> lines, int skip) {
    int rest = skip;
    for (Line line : lines) {
      joinLine(line.text());
      for (Run run : line.runs()) {
        int cut = Math.min(rest, run.text().length());
        rest -= cut;
        append(run.text().substring(cut), run.style() & ~ignored, run.link());
      }
    }
    return this;
  }

  Text build() {
    flush();
    return new Text(spans);
  }

  private void joinLine(String next) {
    if (open.isEmpty()) {
      return;
    }
    if (Sentence.endsHyphenated(open) && Sentence.startsLowerCase(next)) {
      open.setLength(open.length() - 1);
    } else if (open.charAt(open.length() - 1) != ' '
        && !joinsWithoutBlank(next)
        && !Sentence.continuesCompound(open, next)) {
      open.append(' ');
    }
  }

  /// Chinese and Japanese lines are joined without a blank.
  private boolean joinsWithoutBlank(String next) {
    return !next.isEmpty()
        && isIdeographic(open.charAt(open.length() - 1))
        && isIdeographic(next.charAt(0));
  }

  private static boolean isIdeographic(char c) {
    return Character.isIdeographic(c)
        || (c >= 0x3000 && c <= 0x30FF)
        || (c >= 0xFF00 && c <= 0xFF60);
  }

  private void append(String text, int nextStyle, @Nullable String nextLink) {
    if (text.isEmpty()) {
      return;
    }
    if (!open.isEmpty() && (nextStyle != style || !Objects.equals(nextLink, link))) {
      flush();
    }
    style = nextStyle;
    link = nextLink;
    open.append(text);
  }

  private void flush() {
    if (!open.isEmpty()) {
      spans.add(new Span(open.toString(), marks(style), link, null));
      open.setLength(0);
    }
  }

  private static Set<Mark> marks(int style) {
    EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
    mark(marks, style, Style.BOLD, Mark.BOLD);
    mark(marks, style, Style.ITALIC, Mark.ITALIC);
    mark(marks, style, Style.MONO, Mark.CODE);
    mark(marks, style, Style.RAISED, Mark.SUPERSCRIPT);
    mark(marks, style, Style.LOWERED, Mark.SUBSCRIPT);
    return marks;
  }

  private static void mark(Set<Mark> marks, int style, int bit, Mark mark) {
    if ((style & bit) != 0) {
      marks.add(mark);
    }
  }
}
