package dev.sandpiper.parser.format.legacy;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.hssf.OldExcelFormatException;
import org.apache.poi.hssf.extractor.OldExcelExtractor;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/// Reads an Excel 97 to 2003 workbook: one table a sheet, values as Excel shows them.
final class XlsReader {

  private static final int MOST_MERGED = 10_000;

  private final ParseContext context;
  private final DataFormatter formatter = new DataFormatter();
  private final List<Block> blocks = new ArrayList<>();

  private XlsReader(ParseContext context) {
    this.context = context;
    formatter.setUseCachedValuesForFormulaCells(true);
  }

  static Document read(POIFSFileSystem files, ParseContext context) throws IOException {
    try (HSSFWorkbook workbook = new HSSFWorkbook(files, false)) {
      XlsReader reader = new XlsReader(context);
      int sheets = workbook.getNumberOfSheets();
      int most = Math.min(sheets, context.budget().limits().maxPages());
      boolean first = true;
      for (int i = 0; i < most; i++) {
        if (context.pages().contains(i + 1)) {
          if (!first) {
            reader.blocks.add(
                new Block.PageBreak(i + 1, new SourceSpan.InSheet(workbook.getSheetName(i), "")));
          }
          first = false;
          boolean hidden = workbook.isSheetHidden(i) || workbook.isSheetVeryHidden(i);
          reader.sheet(workbook.getSheetAt(i), hidden);
        }
      }
      return new Document(Properties.read(files), sheets, reader.blocks);
    } catch (OldExcelFormatException e) {
      return old(files, context);
    }
  }

  /// A workbook of Excel 5 or 95: POI reads its values, not their places.
  private static Document old(POIFSFileSystem files, ParseContext context) throws IOException {
    context.warn(
        "old-workbook",
        "This workbook is of Excel 5 or 95: its values are here, its columns are not.",
        null);
    List<Block> blocks = new ArrayList<>();
    try (OldExcelExtractor extractor = new OldExcelExtractor(files)) {
      extractor
          .getText()
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(line -> {
            context.budget().spendCharacters(line.length());
            blocks.add(new Block.Paragraph(Text.of(line.strip()), SourceSpan.whole()));
          });
    }
    return new Document(Properties.read(files), 1, blocks);
  }

  private void sheet(HSSFSheet sheet, boolean hidden) {
    String name = sheet.getSheetName();
    Set<Span.Mark> marks = hidden ? Set.of(Span.Mark.HIDDEN) : Set.of();
    SourceSpan place = new SourceSpan.InSheet(name, "");
    blocks.add(new Block.Heading(1, new Text(List.of(Span.of(name, marks))), place));
    Map<CellAddress, CellRangeAddress> merged = merged(sheet);
    List<Block.Row> rows = new ArrayList<>();
    int left = leftColumn(sheet);
    int first = -1;
    int last = -1;
    int right = left;
    for (Row row : sheet) {
      context.budget().checkDeadline();
      Set<Span.Mark> shown = hidden || row.getZeroHeight() ? Set.of(Span.Mark.HIDDEN) : Set.of();
      List<Block.Cell> cells = cells(row, left, shown, merged);
      if (!cells.isEmpty()) {
        rows.add(new Block.Row(cells));
        first = first < 0 ? row.getRowNum() : first;
        last = row.getRowNum();
        right = Math.max(right, row.getLastCellNum() - 1);
      }
    }
    if (!rows.isEmpty()) {
      boolean header = rows.size() > 1 && namesColumns(sheet.getRow(first), left, right);
      String range = new CellRangeAddress(first, last, left, right).formatAsString();
      blocks.add(new Block.Table(null, header ? 1 : 0, rows, new SourceSpan.InSheet(name, range)));
    }
  }

  /// A row names the columns when all of it is filled with words, as in newer workbooks.
  private static boolean namesColumns(Row row, int left, int right) {
    for (int column = left; column <= right; column++) {
      Cell cell = row.getCell(column);
      boolean words =
          cell != null
              && cell.getCellType() == CellType.STRING
              && !cell.getStringCellValue().isBlank();
      if (!words) {
        return false;
      }
    }
    return right > left;
  }

  private static int leftColumn(HSSFSheet sheet) {
    int left = Integer.MAX_VALUE;
    for (Row row : sheet) {
      if (row.getFirstCellNum() >= 0) {
        left = Math.min(left, row.getFirstCellNum());
      }
    }
    return left == Integer.MAX_VALUE ? 0 : left;
  }

  /// First cell of each merged range; only ranges inside one row span here, because rows without
  /// any value are left out of the table.
  private static Map<CellAddress, CellRangeAddress> merged(HSSFSheet sheet) {
    Map<CellAddress, CellRangeAddress> merged = new HashMap<>();
    int count = Math.min(sheet.getNumMergedRegions(), MOST_MERGED);
    for (int i = 0; i < count; i++) {
      CellRangeAddress range = sheet.getMergedRegion(i);
      if (range.getFirstRow() == range.getLastRow()) {
        merged.put(new CellAddress(range.getFirstRow(), range.getFirstColumn()), range);
      }
    }
    return merged;
  }

  private List<Block.Cell> cells(
      Row row, int left, Set<Span.Mark> marks, Map<CellAddress, CellRangeAddress> merged) {
    List<Block.Cell> cells = new ArrayList<>();
    int filled = 0;
    int column = left;
    while (column < row.getLastCellNum()) {
      CellRangeAddress range = merged.get(new CellAddress(row.getRowNum(), column));
      int span = range == null ? 1 : range.getLastColumn() - column + 1;
      Text text = text(row.getCell(column), marks);
      SourceSpan place =
          new SourceSpan.InSheet(
              row.getSheet().getSheetName(), new CellAddress(row.getRowNum(), column).toString());
      Block.Cell cell = Block.Cell.of(text, place);
      cells.add(new Block.Cell(cell.content(), 1, span));
      filled = text.isBlank() ? filled : cells.size();
      column += span;
    }
    context.budget().spendCells(cells.size());
    return cells.subList(0, filled);
  }

  private Text text(@Nullable Cell cell, Set<Span.Mark> marks) {
    String value = cell == null ? "" : shown(cell);
    context.budget().spendCharacters(value.length());
    return value.isBlank() ? Text.EMPTY : new Text(List.of(Span.of(value.strip(), marks)));
  }

  private String shown(Cell cell) {
    try {
      return formatter.formatCellValue(cell);
    } catch (RuntimeException e) {
      // A number format that POI cannot follow must not cost the value.
      return cell.toString();
    }
  }
}
