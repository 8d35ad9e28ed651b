package dev.sandpiper.parser.format.html;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the text of one paragraph, white space folded as a browser folds it.
final class InlineText {

  /// How text is set at some place.
  ///
  /// @param link where it leads; `null` for ordinary text
  record Style(Set<Span.Mark> marks, @Nullable String link) {
    static final Style PLAIN = new Style(Set.of(), null);
  }

  private final List<Span> spans = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private Style style = Style.PLAIN;
  private boolean spaceWanted;
  private boolean atLineStart = true;

  /// Adds source text; a run of white space is one space, none at a line's start or end.
  void add(String source, Style newStyle) {
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        spaceWanted = !atLineStart;
      } else if (c != '\u00AD' && c != '\u200B' && c != '\uFEFF') {
        put(c, newStyle);
      }
    }
  }

  private void put(char c, Style newStyle) {
    if (spaceWanted) {
      spaceWanted = false;
      // The space belongs to what came before only when the style goes on.
      switchTo(newStyle.equals(style) ? style : spaceStyle(newStyle));
      run.append(' ');
    }
    switchTo(newStyle);
    run.append(c);
    atLineStart = false;
  }

  private Style spaceStyle(Style next) {
    return style.link() != null && style.link().equals(next.link()) ? style : Style.PLAIN;
  }

  /// A line break inside the paragraph.
  void lineBreak() {
    spaceWanted = false;
    if (!spans.isEmpty() || !run.isEmpty()) {
      run.append('\n');
      atLineStart = true;
    }
  }

  /// A reference to a note.
  void noteRef(String label, String id) {
    switchTo(Style.PLAIN);
    flushRun();
    spans.add(new Span(label, Set.of(), null, id));
    spaceWanted = false;
    atLineStart = false;
  }

  boolean isEmpty() {
    return spans.isEmpty() && run.toString().isBlank();
  }

  /// The paragraph so far; starts a new one.
  Text take() {
    flushRun();
    trimEnd();
    Text text = new Text(spans);
    spans.clear();
    spaceWanted = false;
    atLineStart = true;
    style = Style.PLAIN;
    return text;
  }

  private void switchTo(Style next) {
    if (!next.equals(style)) {
      flushRun();
      style = next;
    }
  }

  private void flushRun() {
    if (!run.isEmpty()) {
      spans.add(new Span(run.toString(), style.marks(), style.link(), null));
      run.setLength(0);
    }
  }

  private void trimEnd() {
    while (!spans.isEmpty() && spans.getLast().noteRef() == null) {
      Span last = spans.removeLast();
      String text = last.text().stripTrailing();
      if (!text.isEmpty()) {
        spans.add(new Span(text, last.marks(), last.link(), null));
        return;
      }
    }
  }
}
