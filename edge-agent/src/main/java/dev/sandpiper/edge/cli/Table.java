package dev.sandpiper.edge.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows in columns; the last column takes what the terminal leaves and is cut there.
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(List.of(titles));
  }

  void add(String... cells) {
    rows.add(List.of(cells).stream().map(cell -> Console.plain(cell).replace('\n', ' ')).toList());
  }

  void print(Console console) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      int used = 0;
      for (int i = 0; i < columns - 1; i++) {
        line.append(DisplayWidth.pad(rows.get(r).get(i), widths[i])).append("  ");
        used += widths[i] + 2;
      }
      String last = rows.get(r).getLast();
      line.append(
          console.terminal() ? DisplayWidth.cut(last, Math.max(10, console.width() - used)) : last);
      String text = line.toString().stripTrailing();
      console.out().println(r == 0 ? console.bold(text) : text);
    }
  }
}
