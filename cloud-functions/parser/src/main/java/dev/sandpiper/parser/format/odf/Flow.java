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
