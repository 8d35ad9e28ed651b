package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import java.util.ArrayList;
import java.util.List;

/// List items that begin with a box: `[ ]` or `[x]`.
final class TaskItems {

  private static final int BOX = 4;

  private TaskItems() {}

  static Block.Item item(List<Block> content) {
    if (content.isEmpty()
        || !(content.getFirst() instanceof Block.Paragraph(Text text, SourceSpan span))) {
      return new Block.Item(content, null);
    }
    String plain = text.plain();
    boolean done = plain.startsWith("[x] ") || plain.startsWith("[X] ");
    if (!done && !plain.startsWith("[ ] ")) {
      return new Block.Item(content, null);
    }
    List<Block> rest = new ArrayList<>(content);
    rest.set(0, new Block.Paragraph(without(text), span));
    return new Block.Item(rest, done);
  }

  private static Text without(Text text) {
    List<Span> spans = new ArrayList<>();
    int skip = BOX;
    for (Span span : text.spans()) {
      int cut = Math.min(skip, span.text().length());
      skip -= cut;
      if (cut < span.text().length()) {
        spans.add(new Span(span.text().substring(cut), span.marks(), span.link(), span.noteRef()));
      }
    }
    return new Text(spans);
  }
}
