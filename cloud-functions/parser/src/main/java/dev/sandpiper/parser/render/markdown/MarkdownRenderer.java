package dev.sandpiper.parser.render.markdown;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import java.util.List;
import java.util.function.Consumer;

/// Writes documents as CommonMark with GFM tables, strike-through, task items and footnotes.
/// Stateless and safe for use by several threads.
public final class MarkdownRenderer {

  private final BlockMarkdown writer;

  /// A renderer with the default options.
  public MarkdownRenderer() {
    this(MarkdownOptions.DEFAULT);
  }

  public MarkdownRenderer(MarkdownOptions options) {
    this.writer = new BlockMarkdown(options);
  }

  /// Writes a document in pieces that end at top-level block borders; the pieces' concatenation is
  /// the Markdown, which ends with a line break unless it is empty.
  public void render(Document document, Consumer<String> piece) {
    boolean first = true;
    Siblings siblings = new Siblings();
    for (Block block : document.blocks()) {
      String text = writer.block(block, siblings.listAgain(block));
      if (!text.isEmpty()) {
        piece.accept(first ? text + "\n" : "\n" + text + "\n");
        siblings.shown(block);
        first = false;
      }
    }
  }

  /// Some blocks as Markdown, without a line break at the end; empty when nothing in them is shown.
  public String render(List<Block> blocks) {
    return writer.blocks(blocks, "\n\n");
  }
}
