package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds ruled tables and takes their words off the page.
final class TableFinder {

  private static final int FEWEST_FILLED = 3;
  private static final float FEWEST_FILLED_SHARE = 0.25f;

  private final List<Word> words;

  /// @param words the page's words; those inside tables are removed
  TableFinder(List<Word> words) {
    this.words = words;
  }

  List<PageItem.Grid> find(List<Ruling> rulings) {
    List<PageItem.Grid> grids = new ArrayList<>();
    List<Ruling> horizontals = Rulings.joined(rulings, true);
    List<Ruling> verticals = Rulings.joined(rulings, false);
    for (List<Ruling> group : Rulings.lattices(horizontals, verticals)) {
      Lattice lattice = Lattice.of(group);
      PageItem.Grid grid = lattice == null ? null : grid(lattice);
      if (grid != null) {
        grids.add(grid);
        horizontals.removeAll(new HashSet<>(group));
      }
    }
    for (List<Ruling> rules : Rulings.stacks(horizontals)) {
      Ruling top = rules.getFirst();
      Box box = new Box(top.from() - 1, top.at(), top.to() + 1, rules.getLast().at());
      List<Word> inside = inside(box);
      PageItem.Grid grid = RuleTable.grid(rules, inside);
      if (grid != null) {
        grids.add(grid);
        words.removeAll(new HashSet<>(inside));
      }
    }
    return grids;
  }

  private List<Word> inside(Box box) {
    List<Word> inside = new ArrayList<>();
    for (Word word : words) {
      if (contains(box, word)) {
        inside.add(word);
      }
    }
    return inside;
  }

  private PageItem.@Nullable Grid grid(Lattice lattice) {
    Box box = lattice.box();
    List<Word> inside = inside(box);
    List<PageItem.GridCell> cells = new ArrayList<>();
    int filled = 0;
    List<Lattice.Cell> shapes = lattice.cells();
    List<List<Word>> contents = sorted(lattice, shapes, inside);
    for (int i = 0; i < shapes.size(); i++) {
      PageItem.GridCell cell = cell(shapes.get(i), contents.get(i));
      filled += cell.lines().isEmpty() ? 0 : 1;
      cells.add(cell);
    }
    if (filled < FEWEST_FILLED || filled < FEWEST_FILLED_SHARE * shapes.size()) {
      return null;
    }
    words.removeAll(new HashSet<>(inside));
    return GridTidy.tidy(new PageItem.Grid(Hundredths.round(box), 1, cells));
  }

  private static List<List<Word>> sorted(
      Lattice lattice, List<Lattice.Cell> shapes, List<Word> inside) {
    int[][] owner = new int[lattice.rows()][lattice.columns()];
    List<List<Word>> contents = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Lattice.Cell shape = shapes.get(i);
      contents.add(new ArrayList<>());
      for (int r = shape.row(); r < shape.row() + shape.rowSpan(); r++) {
        for (int c = shape.column(); c < shape.column() + shape.columnSpan(); c++) {
          owner[r][c] = i;
        }
      }
    }
    for (Word word : inside) {
      int row = lattice.rowAt(word.centerY());
      int column = lattice.columnAt(word.centerX());
      contents.get(owner[row][column]).add(word);
    }
    return contents;
  }

  private static PageItem.GridCell cell(Lattice.Cell shape, List<Word> words) {
    List<PageItem.Line> lines = new ArrayList<>();
    if (!words.isEmpty()) {
      for (List<Segment> row : SegmentBuilder.rows(SegmentBuilder.segments(words))) {
        lines.add(LineMaker.line(row, 0, Direction.RIGHT));
      }
    }
    return new PageItem.GridCell(
        shape.row(),
        shape.column(),
        shape.rowSpan(),
        shape.columnSpan(),
        Hundredths.round(shape.box()),
        lines);
  }

  private static boolean contains(Box box, Word word) {
    return word.centerX() > box.left()
        && word.centerX() < box.right()
        && word.centerY() > box.top()
        && word.centerY() < box.bottom();
  }
}
