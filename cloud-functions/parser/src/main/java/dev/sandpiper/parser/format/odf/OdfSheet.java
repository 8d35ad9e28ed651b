package dev.sandpiper.parser.format.odf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.grid.CellRef;
import dev.sandpiper.parser.format.grid.Regions;
import dev.sandpiper.parser.format.grid.SheetData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads one sheet of a spreadsheet as it is shown.
final class OdfSheet {

  private final OdfStyles styles;
  private final ParseContext context;
  private final SheetData sheet = new SheetData();
  private final List<Block> notes = new ArrayList<>();
  private String name = "";
  private boolean hidden;
  private int rowIndex;
  private int column;

  OdfSheet(OdfStyles styles, ParseContext context) {
    this.styles = styles;
    this.context = context;
  }

  /// Reads a `table:table` element to its end; empty when the sheet is.
  List<Block> read(XmlCursor xml) {
    name = xml.attr("table:name", "");
    hidden = styles.isInvisible("table", xml.attr("table:style-name", ""));
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("table:table-row")) {
        row(xml);
      } else if (xml.isStart("table:shapes") || xml.isStart("office:forms")) {
        xml.skip();
      }
    }
    List<Block> content = new Regions(name, sheet, context.budget()).blocks();
    if (content.isEmpty() && notes.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    Set<Span.Mark> marks = hidden ? Set.of(Span.Mark.HIDDEN) : Set.of();
    blocks.add(
        new Block.Heading(
            1, new Text(List.of(Span.of(name, marks))), new SourceSpan.InSheet(name, "")));
    blocks.addAll(content);
    blocks.addAll(notes);
    return blocks;
  }

  private void row(XmlCursor xml) {
    int repeated = Math.clamp(xml.intAttr("table:number-rows-repeated", 1), 1, CellRef.ROWS);
    String visibility = xml.attr("table:visibility", "visible");
    boolean hiddenRow = hidden || !visibility.equals("visible");
    List<SheetData.Value> values = new ArrayList<>();
    column = 0;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("table:table-cell")) {
        cell(xml, values, hiddenRow);
      } else if (xml.isStart("table:covered-table-cell")) {
        column += Math.clamp(xml.intAttr("table:number-columns-repeated", 1), 1, CellRef.COLUMNS);
        xml.skip();
      }
    }
    if (!values.isEmpty()) {
      context.budget().spendCells((long) (repeated - 1) * values.size());
      List<SheetData.Value> shared = List.copyOf(values);
      for (int i = 0; i < repeated && rowIndex + i < CellRef.ROWS; i++) {
        sheet.rows().add(new SheetData.Row(rowIndex + i, shared));
      }
    }
    rowIndex = Math.min(CellRef.ROWS, rowIndex + repeated);
  }

  private void cell(XmlCursor xml, List<SheetData.Value> values, boolean hiddenRow) {
    int repeated = Math.clamp(xml.intAttr("table:number-columns-repeated", 1), 1, CellRef.COLUMNS);
    int colSpan = Math.clamp(xml.intAttr("table:number-columns-spanned", 1), 1, CellRef.COLUMNS);
    int rowSpan = Math.clamp(xml.intAttr("table:number-rows-spanned", 1), 1, CellRef.ROWS);
    boolean number =
        switch (xml.attr("office:value-type", "string")) {
          case "string", "boolean" -> false;
          default -> true;
        };
    CellRef ref = new CellRef(rowIndex, column);
    if (colSpan > 1 || rowSpan > 1) {
      context.budget().spendCells(1);
      sheet.merges().put(ref, new SheetData.Merge(rowIndex + rowSpan - 1, column + colSpan - 1));
    }
    String text = text(xml, ref);
    if (!text.isBlank()) {
      int copies = Math.min(repeated, CellRef.COLUMNS - column);
      context.budget().spendCells(copies);
      for (int i = 0; i < copies; i++) {
        values.add(new SheetData.Value(column + i, text, number, hiddenRow));
      }
    }
    column = Math.min(CellRef.COLUMNS, column + repeated);
  }

  private String text(XmlCursor xml, CellRef ref) {
    OdfBlocks blocks =
        new OdfBlocks(styles, context, Set.of(), new SourceSpan.InSheet(name, ref.text()));
    List<String> lines = new ArrayList<>();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("text:p")) {
        lines.add(new OdfText(blocks).read(xml).plain());
      } else if (xml.isStart("office:annotation")) {
        comment(xml, blocks, ref);
      } else if (xml.isStart("draw:frame")) {
        xml.skip();
      }
    }
    return String.join("\n", lines).strip();
  }

  private void comment(XmlCursor xml, OdfBlocks blocks, CellRef ref) {
    List<Block> content = new ArrayList<>();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("text:p")) {
        Text line = new OdfText(blocks).read(xml);
        if (!line.isBlank()) {
          content.add(new Block.Paragraph(line, blocks.span()));
        }
      } else if (xml.isStart("dc:creator") || xml.isStart("dc:date")) {
        xml.skip();
      }
    }
    if (!content.isEmpty()) {
      String id = name + "!" + ref.text();
      sheet.noteIds().put(ref, id);
      notes.add(new Block.Note(Block.Note.Kind.COMMENT, id, content, blocks.span()));
    }
  }
}
