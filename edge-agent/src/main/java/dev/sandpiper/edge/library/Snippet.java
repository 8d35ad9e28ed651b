package dev.sandpiper.edge.library;

import java.util.List;
import java.util.function.UnaryOperator;

/// A piece of a document's text around what was looked for.
///
/// @param text one line, without signs of Markdown: escape it before it becomes HTML
/// @param marks what was found in it, in order, not overlapping
public record Snippet(String text, List<Mark> marks) {

  public Snippet {
    marks = List.copyOf(marks);
  }

  /// From `start` to before `end`, in characters of the text.
  public record Mark(int start, int end) {}

  /// The text with `open` and `close` around each mark; everything else goes through `escape`.
  public String marked(String open, String close, UnaryOperator<String> escape) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Mark mark : marks) {
      out.append(escape.apply(text.substring(at, mark.start())));
      out.append(open).append(escape.apply(text.substring(mark.start(), mark.end()))).append(close);
      at = mark.end();
    }
    return out.append(escape.apply(text.substring(at))).toString();
  }
}
