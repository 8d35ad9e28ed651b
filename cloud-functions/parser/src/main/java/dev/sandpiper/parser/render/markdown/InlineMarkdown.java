package dev.sandpiper.parser.render.markdown;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.render.markdown.Escaper.Place;
import dev.sandpiper.parser.render.markdown.FlatText.Segment;
import java.util.List;
import java.util.Objects;

/// Styled text as Markdown: emphasis, code, links, note references, line breaks.
///
/// Asterisks are used where CommonMark is certain to understand them; HTML tags elsewhere, for
/// instance in the middle of a word or beside other emphasis.
final class InlineMarkdown {

  private final boolean hidden;

  InlineMarkdown(boolean hidden) {
    this.hidden = hidden;
  }

  String paragraph(Text text) {
    return write(text, Place.PARAGRAPH);
  }

  String heading(Text text) {
    return write(text, Place.HEADING);
  }

  String cell(Text text) {
    return write(text, Place.CELL);
  }

  /// Plain text between the brackets of a link or picture.
  static String label(String plain) {
    StringBuilder out = new StringBuilder();
    FlatText flat = FlatText.of(Text.of(plain.replace('\n', ' ').replace('\r', ' ')), true);
    new Escaper(flat.plain(), Place.CELL).write(0, flat.plain().length(), true, true, out);
    return out.toString();
  }

  private String write(Text text, Place place) {
    FlatText flat = FlatText.of(text, hidden);
    return new Line(flat, place).write();
  }

  /// One text being written.
  private static final class Line {
    private final String plain;
    private final List<Segment> segments;
    private final Place place;
    private final Escaper escaper;
    private final StringBuilder out = new StringBuilder();

    /// Whether the last thing written is a closing delimiter or tag.
    private boolean afterMarks;

    Line(FlatText flat, Place place) {
      this.plain = flat.plain();
      this.segments = flat.segments();
      this.place = place;
      this.escaper = new Escaper(plain, place);
    }

    String write() {
      int i = 0;
      while (i < segments.size()) {
        String link = segments.get(i).link();
        int end = i + 1;
        while (end < segments.size() && Objects.equals(segments.get(end).link(), link)) {
          end++;
        }
        if (link == null) {
          segments(i, end, false);
        } else {
          link(i, end, link);
        }
        i = end;
      }
      return out.toString();
    }

    private void link(int from, int to, String link) {
      String text = plain.substring(segments.get(from).start(), segments.get(to - 1).end());
      if (text.isBlank()) {
        segments(from, to, false);
      } else if (Links.isPlain(text, link)) {
        out.append('<').append(link).append('>');
      } else {
        out.append('[');
        afterMarks = false;
        segments(from, to, true);
        out.append("](").append(Links.destination(link)).append(')');
      }
      afterMarks = false;
    }

    private void segments(int from, int to, boolean inLink) {
      for (int i = from; i < to; i++) {
        Segment segment = segments.get(i);
        if (segment.noteRef() != null) {
          out.append("[^").append(Links.noteId(segment.noteRef())).append(']');
          afterMarks = false;
        } else if (segment.isMarkedUp() && !segment.marks().isEmpty()) {
          marked(segment, inLink);
        } else {
          escaper.write(segment.start(), segment.end(), inLink, inLink, out);
          afterMarks = false;
        }
      }
    }

    /// Writes marks around the visible characters; white space at the ends goes outside.
    private void marked(Segment segment, boolean inLink) {
      int start = segment.start();
      int end = segment.end();
      while (start < end && Flanking.isSpace(plain.charAt(start))) {
        start++;
      }
      while (end > start && Flanking.isSpace(plain.charAt(end - 1))) {
        end--;
      }
      escaper.write(segment.start(), start, inLink, true, out);
      boolean touching = afterMarks && start == segment.start();
      if (start < end) {
        String inner = inner(segment, start, end, inLink);
        int left = outside(start - 1, segment);
        int right = outside(end, segment);
        out.append(emphasised(inner, segment, touching, left, right));
      }
      escaper.write(end, segment.end(), inLink, true, out);
      afterMarks = end == segment.end() && start < end;
    }

    private String inner(Segment segment, int start, int end, boolean inLink) {
      StringBuilder inner = new StringBuilder();
      if (segment.has(Span.Mark.CODE)) {
        inner.append(code(plain.substring(start, end)));
        for (int i = start; i < end; i++) {
          if (plain.charAt(i) == '\n') {
            escaper.write(i, i + 1, inLink, true, new StringBuilder());
          }
        }
      } else {
        escaper.write(start, end, inLink, true, inner);
      }
      if (segment.has(Span.Mark.SUPERSCRIPT)) {
        return "<sup>" + inner + "</sup>";
      }
      return segment.has(Span.Mark.SUBSCRIPT) ? "<sub>" + inner + "</sub>" : inner.toString();
    }

    /// The character beside a marked segment as CommonMark will see it: markup is punctuation.
    private int outside(int index, Segment self) {
      if (index < 0 || index >= plain.length()) {
        return ' ';
      }
      if (plain.charAt(index) == '\n' && place != Place.PARAGRAPH) {
        return '<';
      }
      for (Segment segment : segments) {
        if (index >= segment.start() && index < segment.end()) {
          return segment.equals(self) || isPlainBeside(segment, self) ? codePoint(index) : '<';
        }
      }
      return ' ';
    }

    private static boolean isPlainBeside(Segment segment, Segment self) {
      return segment.marks().isEmpty()
          && segment.noteRef() == null
          && Objects.equals(segment.link(), self.link());
    }

    private int codePoint(int index) {
      char c = plain.charAt(index);
      return Character.isLowSurrogate(c) && index > 0
          ? Character.toCodePoint(plain.charAt(index - 1), c)
          : plain.codePointAt(index);
    }

    private static String emphasised(
        String inner, Segment segment, boolean touching, int left, int right) {
      boolean bold = segment.has(Span.Mark.BOLD);
      boolean italic = segment.has(Span.Mark.ITALIC);
      boolean strike = segment.has(Span.Mark.STRIKE);
      String text = inner;
      if (bold || italic) {
        String stars = bold && italic ? "***" : bold ? "**" : "*";
        boolean works =
            !touching
                && Flanking.works(
                    strike ? '~' : left,
                    text.codePointAt(0),
                    text.codePointBefore(text.length()),
                    strike ? '~' : right);
        text = works ? stars + text + stars : tags(text, bold, italic);
      }
      if (strike) {
        boolean works =
            !touching
                && Flanking.works(
                    left, text.codePointAt(0), text.codePointBefore(text.length()), right);
        text = works ? "~~" + text + "~~" : "<del>" + text + "</del>";
      }
      return text;
    }

    private static String tags(String text, boolean bold, boolean italic) {
      String inner = italic ? "<em>" + text + "</em>" : text;
      return bold ? "<strong>" + inner + "</strong>" : inner;
    }

    private String code(String text) {
      String line = text.replace('\n', ' ');
      String fence = "`".repeat(BlockMarkdown.longestRun(line) + 1);
      boolean pad = line.startsWith("`") || line.endsWith("`");
      String content = pad ? " " + line + " " : line;
      return fence + (place == Place.CELL ? content.replace("|", "\\|") : content) + fence;
    }
  }
}
