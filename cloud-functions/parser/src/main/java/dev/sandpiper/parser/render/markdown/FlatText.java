package dev.sandpiper.parser.render.markdown;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A text as one string cut into segments of one style, white space put in order: none at the ends
/// of lines, single line breaks, no control characters.
///
/// @param plain the characters; a note reference is one [#NOTE]
/// @param segments in order, without gaps
record FlatText(String plain, List<Segment> segments) {

  /// Stands for a note reference, so that positions keep their meaning.
  static final char NOTE = '\uFFFC';

  /// Characters of one style.
  ///
  /// @param start index of the first character
  /// @param end index after the last one
  record Segment(
      int start, int end, Set<Span.Mark> marks, @Nullable String link, @Nullable String noteRef) {
    boolean has(Span.Mark mark) {
      return marks.contains(mark);
    }

    /// Whether Markdown is written around it, so that its neighbours touch punctuation.
    boolean isMarkedUp() {
      return link != null
          || noteRef != null
          || marks.stream()
              .anyMatch(mark -> mark != Span.Mark.UNDERLINE && mark != Span.Mark.HIDDEN);
    }
  }

  static FlatText of(Text text, boolean hidden) {
    Flattening flat = new Flattening();
    for (Span span : text.spans()) {
      if (hidden || !span.marks().contains(Span.Mark.HIDDEN)) {
        flat.add(span);
      }
    }
    return flat.finish();
  }

  private static final class Flattening {
    private final StringBuilder plain = new StringBuilder();
    private final List<Segment> segments = new ArrayList<>();

    void add(Span span) {
      int start = plain.length();
      if (span.noteRef() != null) {
        plain.append(NOTE);
        segments.add(new Segment(start, start + 1, Set.of(), null, span.noteRef()));
        return;
      }
      String text = span.text();
      for (int i = 0; i < text.length(); i++) {
        add(text.charAt(i));
      }
      start = Math.min(start, plain.length());
      String link = span.link() != null && Links.isUseful(span.link()) ? span.link() : null;
      if (plain.length() > start) {
        segments.add(new Segment(start, plain.length(), visible(span.marks()), link, null));
      }
    }

    private static Set<Span.Mark> visible(Set<Span.Mark> marks) {
      if (!marks.contains(Span.Mark.UNDERLINE) && !marks.contains(Span.Mark.HIDDEN)) {
        return marks;
      }
      List<Span.Mark> kept = new ArrayList<>(marks);
      kept.remove(Span.Mark.UNDERLINE);
      kept.remove(Span.Mark.HIDDEN);
      return Set.copyOf(kept);
    }

    private void add(char c) {
      char last = plain.isEmpty() ? '\n' : plain.charAt(plain.length() - 1);
      if (c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085') {
        trimEnd();
        if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != '\n') {
          plain.append('\n');
        }
      } else if (c == ' ' || c == '\t' || c == '\f' || c == '\u000B') {
        if (last != '\n') {
          plain.append(' ');
        }
      } else if (c >= ' '
          && c != NOTE
          && c != 0x7F
          && !(last == '\n' && Character.isSpaceChar(c))) {
        plain.append(c);
      }
    }

    private void trimEnd() {
      int end = plain.length();
      while (end > 0 && Character.isSpaceChar(plain.charAt(end - 1))) {
        end--;
      }
      plain.setLength(end);
    }

    FlatText finish() {
      int end = plain.length();
      while (end > 0
          && (plain.charAt(end - 1) == '\n' || Character.isSpaceChar(plain.charAt(end - 1)))) {
        end--;
      }
      plain.setLength(end);
      return new FlatText(plain.toString(), merged());
    }

    /// Trimming may have cut into earlier segments, and neighbours may have the same style.
    private List<Segment> merged() {
      List<Segment> out = new ArrayList<>();
      int at = 0;
      for (int i = 0; i < segments.size(); i++) {
        Segment segment = segments.get(i);
        int next = i + 1 < segments.size() ? segments.get(i + 1).start() : plain.length();
        int end = Math.min(Math.min(segment.end(), next), plain.length());
        if (end <= at) {
          continue;
        }
        Segment before = out.isEmpty() ? null : out.getLast();
        if (before != null && sameStyle(before, segment)) {
          out.removeLast();
          out.add(new Segment(before.start(), end, segment.marks(), segment.link(), null));
        } else {
          out.add(new Segment(at, end, segment.marks(), segment.link(), segment.noteRef()));
        }
        at = end;
      }
      return out;
    }

    private static boolean sameStyle(Segment a, Segment b) {
      return a.noteRef() == null
          && b.noteRef() == null
          && a.marks().equals(b.marks())
          && java.util.Objects.equals(a.link(), b.link());
    }
  }
}
