package dev.sandpiper.edge.bill;

import java.util.ArrayList;
import java.util.List;

/// Separated values, quoted or not; the separator is the one that the first line has most of.
final class Csv {

  private static final int MOST_COLUMNS = 256;
  private static final int MOST_ROWS = 1_000_000;
  private static final String SEPARATORS = ",;\t|";

  private Csv() {}

  /// @param line where it begins, from 1
  record Line(int line, List<String> cells) {}

  static List<Line> read(String text) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    char separator = separator(body);
    List<Line> records = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int line = 1;
    int begun = 1;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == '\n') {
        line++;
      }
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < body.length() && body.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.isEmpty()) {
        quoted = true;
      } else if (c == separator || c == '\n') {
        cells.add(cell.toString().strip());
        cell.setLength(0);
        if (c == '\n') {
          add(records, begun, cells);
          cells = new ArrayList<>();
          begun = line;
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new BillException("line %d: a quote is never closed".formatted(begun));
    }
    cells.add(cell.toString().strip());
    add(records, begun, cells);
    return records;
  }

  private static void add(List<Line> records, int line, List<String> cells) {
    if (cells.size() > MOST_COLUMNS || records.size() >= MOST_ROWS) {
      throw new BillException(
          "line %d: more than %d columns or %d rows".formatted(line, MOST_COLUMNS, MOST_ROWS));
    }
    if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
      records.add(new Line(line, cells));
    }
  }

  private static char separator(String body) {
    int end = body.indexOf('\n');
    String first = end < 0 ? body : body.substring(0, end);
    char best = ',';
    long most = 0;
    for (int i = 0; i < SEPARATORS.length(); i++) {
      char candidate = SEPARATORS.charAt(i);
      long count = first.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }
}
