package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Block;
import java.util.List;

/// What a header or footer says, to tell whether it says anything new.
final class MarginText {

  private MarginText() {}

  /// Its words; empty when there is nothing but page numbers.
  static String of(List<Block> blocks) {
    StringBuilder text = new StringBuilder();
    collect(blocks, text);
    String words = text.toString().strip();
    return words.chars().anyMatch(Character::isLetter) ? words : "";
  }

  private static void collect(List<Block> blocks, StringBuilder text) {
    for (Block block : blocks) {
      switch (block) {
        case Block.Paragraph paragraph -> text.append(paragraph.text().plain()).append('\n');
        case Block.Heading heading -> text.append(heading.text().plain()).append('\n');
        case Block.Table table ->
            table.rows().forEach(row -> row.cells().forEach(cell -> collect(cell.content(), text)));
        case Block.ListBlock list -> list.items().forEach(item -> collect(item.content(), text));
        case Block.Quote quote -> collect(quote.content(), text);
        case Block.Code code -> text.append(code.text()).append('\n');
        case Block.Image _, Block.Note _, Block.Rule _, Block.PageBreak _ -> {}
      }
    }
  }
}
