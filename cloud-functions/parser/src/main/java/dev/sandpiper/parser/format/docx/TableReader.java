package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.flow.TableBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a table.
final class TableReader {

  private enum Merge {
    NONE,
    START,
    CONTINUE
  }

  private final Story story;
  private final BodyReader body;
  private final TableBuilder table;
  private @Nullable Text caption;
  private boolean firstRowIsHeader;
  private boolean anyRow;

  TableReader(Story story, BodyReader body) {
    this.story = story;
    this.body = body;
    this.table = new TableBuilder(story.context().budget());
  }

  /// Reads a `tbl` element to its end; `null` when it has no cells.
  Block.@Nullable Table read(XmlCursor xml) {
    content(xml);
    return table.build(caption, story.span());
  }

  private void content(XmlCursor xml) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "w:tr" -> row(xml);
        case "w:tblCaption" -> {
          String text = xml.attr("w:val", "").strip();
          caption = text.isEmpty() ? null : Text.of(text);
        }
        case "w:tblLook" -> firstRowIsHeader = looksLikeHeader(xml);
        case "w:sdtPr", "w:tblPrChange", "w:del", "w:moveFrom" -> xml.skip();
        default -> {}
      }
    }
  }

  private static boolean looksLikeHeader(XmlCursor xml) {
    String firstRow = xml.attr("w:firstRow");
    if (firstRow != null) {
      return OnOff.isOn(firstRow);
    }
    try {
      return (Integer.parseInt(xml.attr("w:val", "0"), 16) & 0x20) != 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /// Cells come after the row's properties, so the row is begun when the first of them is met.
  private void row(XmlCursor xml) {
    RowState row = new RowState();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "w:trPr" -> row.readProperties(xml);
        case "w:tc" -> {
          if (row.deleted) {
            xml.skip();
          } else {
            begin(row);
            cell(xml);
          }
        }
        case "w:sdtPr", "w:tblPrEx" -> xml.skip();
        default -> {}
      }
    }
  }

  private void begin(RowState row) {
    if (row.begun) {
      return;
    }
    row.begun = true;
    table.row(row.header || (firstRowIsHeader && !anyRow));
    anyRow = true;
    if (row.gridBefore > 0) {
      table.cell(List.of(), row.gridBefore);
    }
  }

  private static final class RowState {
    private boolean header;
    private boolean deleted;
    private boolean begun;
    private int gridBefore;

    private void readProperties(XmlCursor xml) {
      int depth = xml.depth();
      while (xml.nextIn(depth)) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.name()) {
          case "w:tblHeader" -> header = OnOff.of(xml);
          case "w:del" -> deleted = true;
          case "w:gridBefore" -> gridBefore = xml.intAttr("w:val", 0);
          case "w:trPrChange" -> xml.skip();
          default -> {}
        }
      }
    }
  }

  private void cell(XmlCursor xml) {
    CellProperties cell = new CellProperties();
    List<Block> content = body.inner(xml, cell);
    switch (cell.merge) {
      case NONE -> table.cell(content, cell.colSpan);
      case START -> table.mergeStart(content, cell.colSpan);
      case CONTINUE -> table.mergeContinue(cell.colSpan);
    }
  }

  /// How a cell lies on the grid.
  static final class CellProperties {
    private Merge merge = Merge.NONE;
    private int colSpan = 1;

    /// Reads a `tcPr` element to its end.
    void read(XmlCursor xml) {
      int depth = xml.depth();
      while (xml.nextIn(depth)) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.name()) {
          case "w:gridSpan" -> colSpan = xml.intAttr("w:val", 1);
          case "w:vMerge" ->
              merge = xml.attr("w:val", "").equals("restart") ? Merge.START : Merge.CONTINUE;
          case "w:tcPrChange" -> xml.skip();
          default -> {}
        }
      }
    }
  }
}
