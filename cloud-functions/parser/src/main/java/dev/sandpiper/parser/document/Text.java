package dev.sandpiper.parser.document;

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

  /// Whether there is nothing to see: no span with visible characters or a note reference.
  public boolean isBlank() {
    return spans.stream().allMatch(span -> span.text().isBlank() && span.noteRef() == null);
  }
}
