package dev.sandpiper.parser.format.html;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Text;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Reads one `<table>`, without the tables inside it.
final class HtmlTable {

  private static final int WIDEST_SPAN = 1000;

  private final Element table;
  private final HtmlFlow.Setting setting;
  private final List<Element> rows = new ArrayList<>();
  private @Nullable Element caption;

  HtmlTable(Element table, HtmlFlow.Setting setting) {
    this.table = table;
    this.setting = setting;
    collect(table);
  }

  private void collect(Element group) {
    for (Element child : group.children()) {
      if (Visibility.isHidden(child)) {
        continue;
      }
      switch (child.normalName()) {
        case "tr" -> rows.add(child);
        case "thead", "tbody", "tfoot" -> collect(child);
        case "caption" -> caption = child;
        default -> {}
      }
    }
  }

  /// A table that only places things on the page.
  boolean isLayout() {
    String role = table.attr("role");
    if (role.equals("presentation") || role.equals("none")) {
      return true;
    }
    if (caption != null || role.equals("table") || role.equals("grid")) {
      return false;
    }
    int widest = 0;
    for (Element row : rows) {
      int cells = 0;
      for (Element cell : cells(row)) {
        cells++;
        if (cell.normalName().equals("th")) {
          return false;
        }
        if (cell.selectFirst("table, h1, h2, h3, h4, form, article, section, hr") != null) {
          return true;
        }
      }
      widest = Math.max(widest, cells);
    }
    return widest < 2 || (rows.size() < 2 && table.attr("border").isEmpty());
  }

  /// All cells in reading order, the caption first.
  List<Element> cells() {
    List<Element> cells = new ArrayList<>();
    if (caption != null) {
      cells.add(caption);
    }
    rows.forEach(row -> cells.addAll(cells(row)));
    return cells;
  }

  Block.Table read() {
    List<Block.Row> read = new ArrayList<>();
    int headerRows = 0;
    for (int i = 0; i < rows.size(); i++) {
      Element row = rows.get(i);
      List<Block.Cell> cells = new ArrayList<>();
      for (Element cell : cells(row)) {
        cells.add(cell(cell, rows.size() - i));
      }
      if (!cells.isEmpty()) {
        if (headerRows == read.size() && isHeader(row)) {
          headerRows++;
        }
        read.add(new Block.Row(cells));
      }
    }
    return new Block.Table(captionText(), headerRows, read, setting.span());
  }

  private Block.Cell cell(Element cell, int rowsLeft) {
    int rowSpan = Numbers.read(cell.attr("rowspan"), 1, rowsLeft, 1);
    int colSpan = Numbers.read(cell.attr("colspan"), 1, WIDEST_SPAN, 1);
    setting.context().budget().spendCells((long) rowSpan * colSpan);
    setting.context().budget().checkDeadline();
    return new Block.Cell(setting.inner(cell.childNodes()), rowSpan, colSpan);
  }

  private static boolean isHeader(Element row) {
    Element parent = row.parent();
    if (parent != null && parent.normalName().equals("thead")) {
      return true;
    }
    List<Element> cells = cells(row);
    return cells.stream().allMatch(cell -> cell.normalName().equals("th"));
  }

  private static List<Element> cells(Element row) {
    return row.children().stream()
        .filter(cell -> cell.normalName().equals("td") || cell.normalName().equals("th"))
        .filter(cell -> !Visibility.isHidden(cell))
        .toList();
  }

  private @Nullable Text captionText() {
    if (caption == null) {
      return null;
    }
    String words = caption.text().strip();
    setting.context().budget().spendCharacters(words.length());
    return words.isEmpty() ? null : Text.of(words);
  }
}
