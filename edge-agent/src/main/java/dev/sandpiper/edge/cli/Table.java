package dev.sandpiper.edge.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows in columns; the last column takes what the terminal leaves and is cut there. A note goes
/// below its row for a person, and to the end of its line for a script.
final class Table {

  private static final int NARROWEST = 24;
  private static final int LONGEST_NOTE = 2_000;

  private record Row(List<String> cells, @Nullable String note) {}

  private final List<Row> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(new Row(List.of(titles), null));
  }

  void add(String... cells) {
    addNoted(null, cells);
  }

  void addNoted(@Nullable String note, String... cells) {
    rows.add(
        new Row(
            List.of(cells).stream().map(Table::oneLine).toList(),
            note == null ? null : DisplayWidth.cut(oneLine(note), LONGEST_NOTE)));
  }

  private static String oneLine(String text) {
    return Console.plain(text).replace('\n', ' ');
  }

  void print(Console console) {
    int columns = rows.getFirst().cells().size();
    int[] widths = new int[columns];
    for (Row row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row.cells().get(i)));
      }
    }
    int before = 0;
    for (int i = 0; i < columns - 1; i++) {
      before += widths[i] + 2;
    }
    for (int r = 0; r < rows.size(); r++) {
      String text = line(rows.get(r), widths, before, console);
      console.out().println(r == 0 ? console.bold(text) : text);
      note(rows.get(r), before, console);
    }
  }

  private static String line(Row row, int[] widths, int before, Console console) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length - 1; i++) {
      line.append(DisplayWidth.pad(row.cells().get(i), widths[i])).append("  ");
    }
    String last = row.cells().getLast();
    if (console.terminal()) {
      last = DisplayWidth.cut(last, Math.max(10, console.width() - before));
    } else if (row.note() != null) {
      last += "  (" + row.note() + ")";
    }
    return line.append(last).toString().stripTrailing();
  }

  private static void note(Row row, int before, Console console) {
    if (row.note() == null || !console.terminal()) {
      return;
    }
    int indent = console.width() - before < NARROWEST ? 4 : before;
    int width = Math.max(10, console.width() - indent);
    for (String line : DisplayWidth.wrap(row.note(), width)) {
      console.out().println(console.faint(" ".repeat(indent) + line));
    }
  }
}
