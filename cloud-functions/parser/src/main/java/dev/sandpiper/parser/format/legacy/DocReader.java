package dev.sandpiper.parser.format.legacy;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.HWPFDocumentCore;
import org.apache.poi.hwpf.HWPFOldDocument;
import org.apache.poi.hwpf.OldWordFileFormatException;
import org.apache.poi.hwpf.model.StyleDescription;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.hwpf.usermodel.Table;
import org.apache.poi.hwpf.usermodel.TableCell;
import org.apache.poi.hwpf.usermodel.TableRow;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// Reads a Word document of 95 to 2003: headings by style, paragraphs, lists, tables, footnotes.
final class DocReader {

  private static final SourceSpan SPAN = SourceSpan.whole();

  private final HWPFDocumentCore document;
  private final ParseContext context;

  private DocReader(HWPFDocumentCore document, ParseContext context) {
    this.document = document;
    this.context = context;
  }

  static Document read(POIFSFileSystem files, ParseContext context) throws IOException {
    try (HWPFDocumentCore document = open(files)) {
      DocReader reader = new DocReader(document, context);
      List<Block> blocks = reader.body();
      if (document instanceof HWPFDocument current) {
        reader.notes(current.getFootnoteRange(), Block.Note.Kind.FOOTNOTE, blocks);
        reader.notes(current.getEndnoteRange(), Block.Note.Kind.ENDNOTE, blocks);
      }
      return new Document(Properties.read(files), 1, blocks);
    }
  }

  /// The main text; where its structure is damaged, its words.
  private List<Block> body() {
    try {
      return blocks(document.getRange(), true);
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      context.warn(
          "damaged-structure", "Styles and tables are damaged; only the words were read.", null);
      List<Block> blocks = new ArrayList<>();
      for (String line : document.getDocumentText().split("[\\r\\n\u0007]", -1)) {
        context.budget().spendCharacters(line.length());
        if (!line.isBlank()) {
          blocks.add(new Block.Paragraph(Text.of(line.strip()), SPAN));
        }
      }
      return blocks;
    }
  }

  private static HWPFDocumentCore open(POIFSFileSystem files) throws IOException {
    try {
      return new HWPFDocument(files);
    } catch (OldWordFileFormatException e) {
      return new HWPFOldDocument(files);
    }
  }

  private List<Block> blocks(Range range, boolean tables) {
    List<Block> blocks = new ArrayList<>();
    List<Block.Item> items = new ArrayList<>();
    int count = range.numParagraphs();
    int i = 0;
    while (i < count) {
      context.budget().checkDeadline();
      Paragraph paragraph = range.getParagraph(i);
      if (tables && paragraph.isInTable()) {
        endList(items, blocks);
        Table table = range.getTable(paragraph);
        addTable(table, blocks);
        i += Math.max(1, table.numParagraphs());
      } else {
        add(paragraph, items, blocks);
        i++;
      }
    }
    endList(items, blocks);
    return blocks;
  }

  private void add(Paragraph paragraph, List<Block.Item> items, List<Block> blocks) {
    Text text = DocText.read(paragraph, context);
    if (text.isBlank()) {
      return;
    }
    int level = headingLevel(paragraph);
    if (level > 0) {
      endList(items, blocks);
      blocks.add(new Block.Heading(level, text, SPAN));
    } else if (paragraph.isInList()) {
      items.add(new Block.Item(List.of(new Block.Paragraph(text, SPAN)), null));
    } else {
      endList(items, blocks);
      blocks.add(new Block.Paragraph(text, SPAN));
    }
  }

  private static void endList(List<Block.Item> items, List<Block> blocks) {
    if (!items.isEmpty()) {
      blocks.add(new Block.ListBlock(false, 1, items, SPAN));
      items.clear();
    }
  }

  private int headingLevel(Paragraph paragraph) {
    if (document.getStyleSheet() == null
        || paragraph.getStyleIndex() >= document.getStyleSheet().numStyles()) {
      return 0;
    }
    StyleDescription style =
        document.getStyleSheet().getStyleDescription(paragraph.getStyleIndex());
    String name = style == null || style.getName() == null ? "" : style.getName();
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("title")) {
      return 1;
    }
    if (lower.startsWith("heading ") && lower.length() > 8) {
      int level = lower.charAt(8) - '0';
      return level >= 1 && level <= 9 ? Math.min(level, 6) : 0;
    }
    return 0;
  }

  private void addTable(Table table, List<Block> blocks) {
    List<Block.Row> rows = new ArrayList<>();
    int headers = 0;
    for (int r = 0; r < table.numRows(); r++) {
      TableRow row = table.getRow(r);
      List<Block.Cell> cells = new ArrayList<>();
      for (int c = 0; c < row.numCells(); c++) {
        context.budget().spendCells(1);
        TableCell cell = row.getCell(c);
        cells.add(new Block.Cell(blocks(cell, false), 1, 1));
      }
      if (!cells.isEmpty()) {
        headers += row.isTableHeader() && headers == rows.size() ? 1 : 0;
        rows.add(new Block.Row(cells));
      }
    }
    if (!rows.isEmpty()) {
      blocks.add(new Block.Table(null, headers, rows, SPAN));
    }
  }

  private void notes(Range range, Block.Note.Kind kind, List<Block> blocks) {
    List<Block> content = blocks(range, false);
    if (!content.isEmpty()) {
      String id = kind.name().toLowerCase(Locale.ROOT) + "s";
      blocks.add(new Block.Note(kind, id, content, SPAN));
    }
  }
}
