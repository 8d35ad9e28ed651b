package dev.sandpiper.parser.document;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/// A run of styled text. A line break inside a block is `\n` in a span.
public record Text(List<Span> spans) {

  /// No text.
  public static final Text EMPTY = new Text(List.of());

  public Text {
    spans = List.copyOf(spans);
  }

  /// Text without any style.
  public static Text of(String plain) {
    return plain.isEmpty() ? EMPTY : new Text(List.of(Span.of(plain)));
  }

  /// The characters without style.
  public String plain() {
    return spans.stream().map(Span::text).collect(Collectors.joining());
  }

  /// The same characters without the emphasis that all visible ones share: it sets nothing apart.
  public Text withoutOverallEmphasis() {
    EnumSet<Span.Mark> shared = EnumSet.of(Span.Mark.BOLD, Span.Mark.ITALIC, Span.Mark.UNDERLINE);
    for (Span span : spans) {
      if (span.noteRef() == null && !span.text().isBlank()) {
        shared.retainAll(span.marks());
      }
    }
    if (spans.stream().allMatch(span -> Collections.disjoint(span.marks(), shared))) {
      return this;
    }
    return new Text(
        spans.stream()
            .map(span -> {
              EnumSet<Span.Mark> kept = EnumSet.noneOf(Span.Mark.class);
              kept.addAll(span.marks());
              kept.removeAll(shared);
              return new Span(span.text(), kept, span.link(), span.noteRef());
            })
            .toList());
  }

  /// Whether there is nothing to see: no span with visible characters or a note reference.
  public boolean isBlank() {
    return spans.stream().allMatch(span -> span.text().isBlank() && span.noteRef() == null);
  }
}
