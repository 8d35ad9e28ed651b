package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.format.pdf.page.Strip.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A table that is ruled by horizontal strokes only, as in most papers: its columns are the gaps
/// that all rows below the heading leave free.
final class RuleTable {

  private static final float GAP = 0.55f;
  private static final int MOST_COLUMNS = 40;
  private static final int MOST_WORDS = 20_000;
  private static final int LONGEST_CELL = 80;
  private static final float FEWEST_FILLED_SHARE = 0.4f;

  private final List<Ruling> rules;
  private final List<Interval> columns;

  private RuleTable(List<Ruling> rules, List<Interval> columns) {
    this.rules = rules;
    this.columns = columns;
  }

  /// The table between rules; `null` when the text there does not stand in columns.
  ///
  /// @param rules strokes of equal extent, from top to bottom
  /// @param inside the words between the first and the last of them
  static PageItem.@Nullable Grid grid(List<Ruling> rules, List<Word> inside) {
    if (inside.isEmpty() || inside.size() > MOST_WORDS) {
      return null;
    }
    float header = rules.get(1).at();
    // The lines of a chart have only numbers above the first of them.
    if (inside.stream().noneMatch(word -> word.centerY() < header && hasLetter(word))) {
      return null;
    }
    List<Word> body = inside.stream().filter(word -> word.centerY() > header).toList();
    List<Interval> columns = columns(body.isEmpty() ? inside : body);
    if (columns.size() < 2 || columns.size() > MOST_COLUMNS) {
      return null;
    }
    return new RuleTable(rules, columns).grid(inside);
  }

  private static boolean hasLetter(Word word) {
    return word.text().codePoints().anyMatch(Character::isLetter);
  }

  private PageItem.@Nullable Grid grid(List<Word> inside) {
    List<List<Word>> rows = rows(inside);
    List<PageItem.GridCell> cells = new ArrayList<>();
    int headerRows = 0;
    int filled = 0;
    long characters = 0;
    for (int row = 0; row < rows.size(); row++) {
      headerRows += rows.get(row).getFirst().centerY() < rules.get(1).at() ? 1 : 0;
      List<PageItem.GridCell> made = cells(row, rows.get(row));
      for (PageItem.GridCell cell : made) {
        filled += cell.lines().isEmpty() ? 0 : cell.columnSpan();
        characters += cell.lines().stream().mapToInt(line -> line.text().length()).sum();
      }
      cells.addAll(made);
    }
    boolean sparse = filled < FEWEST_FILLED_SHARE * rows.size() * columns.size();
    if (rows.size() < 2 || sparse || characters > (long) LONGEST_CELL * filled) {
      return null;
    }
    Ruling top = rules.getFirst();
    Box box = new Box(top.from(), top.at(), top.to(), rules.getLast().at());
    return new PageItem.Grid(Hundredths.round(box), Math.max(1, headerRows), cells);
  }

  /// Lines of words, or, where a rule follows every row, all that stands between two rules.
  private List<List<Word>> rows(List<Word> inside) {
    TreeMap<Integer, List<Word>> bands = new TreeMap<>();
    for (Word word : inside) {
      int band = 0;
      while (band < rules.size() && rules.get(band).at() < word.centerY()) {
        band++;
      }
      bands.computeIfAbsent(band, _ -> new ArrayList<>()).add(word);
    }
    List<List<Word>> rows = new ArrayList<>();
    boolean ruled = bands.size() > 3;
    for (List<Word> band : bands.values()) {
      if (ruled) {
        rows.add(band);
      } else {
        rows.addAll(lines(band));
      }
    }
    return rows;
  }

  private static List<List<Word>> lines(List<Word> words) {
    List<List<Word>> lines = new ArrayList<>();
    for (List<Segment> row : SegmentBuilder.rows(words.stream().map(Segment::new).toList())) {
      lines.add(row.stream().map(segment -> segment.words().getFirst()).toList());
    }
    return lines;
  }

  private List<PageItem.GridCell> cells(int row, List<Word> words) {
    TreeMap<Integer, List<Word>> byColumn = new TreeMap<>();
    TreeMap<Integer, Integer> lastColumn = new TreeMap<>();
    for (Segment segment : phrases(words)) {
      int first = columnAt(segment.box().left());
      int last = Math.max(first, columnAt(segment.box().right()));
      for (int taken = first; taken <= last; taken++) {
        if (byColumn.containsKey(taken)) {
          first = taken;
        }
      }
      byColumn.computeIfAbsent(first, _ -> new ArrayList<>()).addAll(segment.words());
      lastColumn.merge(first, last, Math::max);
    }
    List<PageItem.GridCell> cells = new ArrayList<>();
    for (int column = 0; column < columns.size(); ) {
      List<Word> content = byColumn.getOrDefault(column, List.of());
      int last = lastColumn.getOrDefault(column, column);
      Integer next = byColumn.higherKey(column);
      int span = (next == null ? last : Math.min(last, next - 1)) - column + 1;
      cells.add(cell(row, column, span, content));
      column += span;
    }
    return cells;
  }

  private PageItem.GridCell cell(int row, int column, int span, List<Word> words) {
    List<PageItem.Line> lines = new ArrayList<>();
    Box box = new Box(columns.get(column).from(), 0, columns.get(column + span - 1).to(), 0);
    if (!words.isEmpty()) {
      box = words.getFirst().box();
      for (List<Word> line : lines(words)) {
        lines.add(LineMaker.ofWords(line, 0, Direction.RIGHT));
        box = box.union(lines.getLast().box());
      }
    }
    return new PageItem.GridCell(row, column, 1, span, Hundredths.round(box), lines);
  }

  /// Words of a row with no wide gap between them, line by line.
  private static List<Segment> phrases(List<Word> words) {
    List<Segment> phrases = new ArrayList<>();
    for (List<Word> line : lines(words)) {
      @Nullable Segment open = null;
      for (Word word : line) {
        if (open != null && word.box().left() - open.box().right() < GAP * word.size()) {
          open.append(word);
        } else {
          open = new Segment(word);
          phrases.add(open);
        }
      }
    }
    return phrases;
  }

  private int columnAt(float x) {
    int nearest = 0;
    float distance = Float.MAX_VALUE;
    for (int i = 0; i < columns.size(); i++) {
      Interval column = columns.get(i);
      float off = Math.max(0, Math.max(column.from() - x, x - column.to()));
      if (off < distance) {
        nearest = i;
        distance = off;
      }
    }
    return nearest;
  }

  private static List<Interval> columns(List<Word> words) {
    List<Word> sorted = new ArrayList<>(words);
    sorted.sort(Comparator.comparingDouble(word -> word.box().left()));
    List<Interval> columns = new ArrayList<>();
    float from = sorted.getFirst().box().left();
    float to = sorted.getFirst().box().right();
    for (Word word : sorted) {
      if (word.box().left() - to >= GAP * word.size()) {
        columns.add(new Interval(from, to));
        from = word.box().left();
      }
      to = Math.max(to, word.box().right());
    }
    columns.add(new Interval(from, to));
    return columns;
  }
}
