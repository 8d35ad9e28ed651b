package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/// The block structure of a parsed Markdown text.
final class MarkdownBlocks {

  private final TextRoom room;

  MarkdownBlocks(TextRoom room) {
    this.room = room;
  }

  List<Block> blocks(Node parent) {
    List<Block> blocks = new ArrayList<>();
    for (Node node = parent.getFirstChild();
        node != null && !room.isFull();
        node = node.getNext()) {
      add(node, blocks);
    }
    return blocks;
  }

  private void add(Node node, List<Block> blocks) {
    SourceSpan span = span(node);
    switch (node) {
      case Heading heading -> blocks.add(new Block.Heading(heading.getLevel(), text(node), span));
      case Paragraph _ -> paragraph(node, span, blocks);
      case BulletList list -> blocks.add(new Block.ListBlock(false, 1, items(list), span));
      case OrderedList list -> {
        Integer start = list.getMarkerStartNumber();
        blocks.add(new Block.ListBlock(true, start == null ? 1 : start, items(list), span));
      }
      case BlockQuote _ -> blocks.add(new Block.Quote(blocks(node), span));
      case FencedCodeBlock code -> blocks.add(code(code.getLiteral(), code.getInfo(), span));
      case IndentedCodeBlock code -> blocks.add(code(code.getLiteral(), "", span));
      case HtmlBlock html -> html(html.getLiteral(), span, blocks);
      case ThematicBreak _ -> blocks.add(new Block.Rule(span));
      case TableBlock table -> blocks.add(table(table, span));
      default -> blocks.addAll(blocks(node));
    }
  }

  private Text text(Node node) {
    Text text = MarkdownSpans.of(node);
    return room.take(text.plain().length(), 0) ? text : Text.EMPTY;
  }

  /// A paragraph that is only a picture is the picture.
  private void paragraph(Node node, SourceSpan span, List<Block> blocks) {
    if (node.getFirstChild() instanceof Image image && image.getNext() == null) {
      String alt = MarkdownSpans.of(image).plain();
      blocks.add(new Block.Image(alt.isBlank() ? null : alt, image.getDestination(), span));
    } else {
      blocks.add(new Block.Paragraph(text(node), span));
    }
  }

  private List<Block.Item> items(Node list) {
    List<Block.Item> items = new ArrayList<>();
    for (Node item = list.getFirstChild(); item != null && !room.isFull(); item = item.getNext()) {
      items.add(TaskItems.item(blocks(item)));
    }
    return items;
  }

  private Block code(String text, String info, SourceSpan span) {
    int space = info.indexOf(' ');
    String language = space < 0 ? info : info.substring(0, space);
    boolean fits = room.take(text.length(), 0);
    return new Block.Code(fits ? text : "", language.isBlank() ? null : language, span);
  }

  /// Comments are left out; other HTML is kept as it stands.
  private void html(String html, SourceSpan span, List<Block> blocks) {
    if (!html.startsWith("<!--")) {
      blocks.add(code(html, "html", span));
    }
  }

  private Block table(Node table, SourceSpan span) {
    List<Block.Row> rows = new ArrayList<>();
    int header = 0;
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null && !room.isFull(); row = row.getNext()) {
        rows.add(new Block.Row(cells(row)));
        header += part instanceof TableHead ? 1 : 0;
      }
    }
    return new Block.Table(null, header, rows, span);
  }

  private List<Block.Cell> cells(Node row) {
    List<Block.Cell> cells = new ArrayList<>();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      if (room.take(0, 1)) {
        cells.add(Block.Cell.of(text(cell), span(row)));
      }
    }
    return cells;
  }

  private static SourceSpan span(Node node) {
    var spans = node.getSourceSpans();
    if (spans.isEmpty()) {
      return SourceSpan.whole();
    }
    return new SourceSpan.Lines(
        spans.getFirst().getLineIndex() + 1, spans.getLast().getLineIndex() + 1);
  }
}
