package dev.sandpiper.parser.format.odf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/// Blocks in order; neighbouring quotations and lines of code become one block.
final class Flow {

  private final SourceSpan span;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Block> quoted = new ArrayList<>();
  private final StringBuilder code = new StringBuilder();

  Flow(SourceSpan span) {
    this.span = span;
  }

  void add(Block block) {
    end();
    blocks.add(block);
  }

  /// Adds what a list element became. A list that begins deeper than its own level goes on with the
  /// list before it: a writer that changes the style in the middle of a list starts a new element.
  void addList(Block block) {
    end();
    if (block instanceof Block.ListBlock next
        && !blocks.isEmpty()
        && blocks.getLast() instanceof Block.ListBlock before
        && before.ordered() == next.ordered()
        && startsDeeper(next)) {
      List<Block.Item> items = new ArrayList<>(before.items());
      Block.Item last = items.removeLast();
      List<Block> content = new ArrayList<>(last.content());
      content.addAll(next.items().getFirst().content());
      items.add(new Block.Item(content, last.checked()));
      items.addAll(next.items().subList(1, next.items().size()));
      blocks.set(
          blocks.size() - 1, new Block.ListBlock(before.ordered(), before.start(), items, span));
    } else {
      blocks.add(block);
    }
  }

  private static boolean startsDeeper(Block.ListBlock list) {
    return list.items().getFirst().content().getFirst() instanceof Block.ListBlock;
  }

  void quote(Block block) {
    endCode();
    quoted.add(block);
  }

  void code(String line) {
    endQuote();
    code.append(line).append('\n');
  }

  List<Block> build() {
    end();
    return blocks;
  }

  private void end() {
    endQuote();
    endCode();
  }

  private void endQuote() {
    if (!quoted.isEmpty()) {
      blocks.add(new Block.Quote(quoted, span));
      quoted.clear();
    }
  }

  private void endCode() {
    if (!code.isEmpty()) {
      String text = code.toString().stripTrailing();
      code.setLength(0);
      if (!text.isEmpty()) {
        blocks.add(new Block.Code(text, null, span));
      }
    }
  }
}
