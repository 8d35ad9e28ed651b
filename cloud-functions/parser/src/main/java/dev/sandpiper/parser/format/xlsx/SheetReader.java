package dev.sandpiper.parser.format.xlsx;

import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.grid.CellRef;
import dev.sandpiper.parser.format.grid.SheetData;
import dev.sandpiper.parser.format.ooxml.Relationship;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/// Reads the cells of one sheet as they are shown.
final class SheetReader {

  private static final int MOST_MERGES = 100_000;
  private static final int MOST_LINKS = 100_000;
  private static final int LONGEST_TEXT = 1_000_000;

  private final Workbook workbook;
  private final ParseBudget budget;
  private final boolean hiddenSheet;
  private final BitSet hiddenColumns = new BitSet();
  private final SheetData sheet = new SheetData();
  private int lastRow = -1;

  SheetReader(Workbook workbook, ParseBudget budget, boolean hiddenSheet) {
    this.workbook = workbook;
    this.budget = budget;
    this.hiddenSheet = hiddenSheet;
  }

  SheetData read(XmlCursor xml, Map<String, Relationship> relationships) {
    while (xml.next()) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "s:col" -> column(xml);
        case "s:row" -> row(xml);
        case "s:mergeCell" -> merge(xml.attr("ref", ""));
        case "s:hyperlink" -> link(xml, relationships);
        default -> {}
      }
    }
    return sheet;
  }

  private void column(XmlCursor xml) {
    if (isTrue(xml.attr("hidden", "0"))) {
      int first = Math.clamp(xml.intAttr("min", 1), 1, CellRef.COLUMNS);
      int last = Math.clamp(xml.intAttr("max", first), first, CellRef.COLUMNS);
      hiddenColumns.set(first - 1, last);
    }
  }

  private static boolean isTrue(String value) {
    return value.equals("1") || value.equals("true");
  }

  private void row(XmlCursor xml) {
    int index = xml.intAttr("r", lastRow + 2) - 1;
    boolean hidden = hiddenSheet || isTrue(xml.attr("hidden", "0"));
    List<SheetData.Value> values = new ArrayList<>();
    int column = 0;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("s:c")) {
        CellRef ref = CellRef.parse(xml.attr("r", ""));
        column = ref == null ? column : ref.column();
        boolean hiddenCell = hidden || hiddenColumns.get(column);
        addValue(xml, values, column, hiddenCell);
        column++;
      }
    }
    // A row out of order would tear its table apart; well-formed sheets never have one.
    if (!values.isEmpty() && index > lastRow && index < CellRef.ROWS) {
      sheet.rows().add(new SheetData.Row(index, values));
      lastRow = index;
    }
  }

  private void addValue(XmlCursor xml, List<SheetData.Value> values, int column, boolean hidden) {
    String type = xml.attr("t", "n");
    int style = xml.intAttr("s", -1);
    String raw = "";
    String inline = "";
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("s:v")) {
        raw = xml.allText(LONGEST_TEXT);
      } else if (xml.isStart("s:is")) {
        inline = SharedStrings.richText(xml);
      } else if (xml.isStart()) {
        xml.skip();
      }
    }
    boolean ordered = values.isEmpty() || values.getLast().column() < column;
    String text = type.equals("inlineStr") ? inline : workbook.shown(type, raw, style);
    if (!text.isBlank() && ordered && column < CellRef.COLUMNS) {
      budget.spendCells(1);
      budget.spendCharacters(text.length());
      values.add(new SheetData.Value(column, text, type.equals("n"), hidden));
    }
  }

  private void merge(String area) {
    int colon = area.indexOf(':');
    CellRef first = colon < 0 ? null : CellRef.parse(area.substring(0, colon));
    CellRef last = colon < 0 ? null : CellRef.parse(area.substring(colon + 1));
    if (first != null && last != null && sheet.merges().size() < MOST_MERGES) {
      sheet.merges().put(first, new SheetData.Merge(last.row(), last.column()));
    }
  }

  private void link(XmlCursor xml, Map<String, Relationship> relationships) {
    CellRef ref = CellRef.parse(xml.attr("ref", ""));
    Relationship target = relationships.get(xml.attr("r:id", ""));
    if (ref != null && target != null && target.external() && sheet.links().size() < MOST_LINKS) {
      sheet.links().put(ref, target.target());
    }
  }
}
