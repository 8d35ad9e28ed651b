package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cells that the strokes of one lattice enclose.
final class Lattice {

  private static final float SAME_BORDER = 4f;
  private static final float COVERED = 0.6f;
  private static final int MOST_CELLS = 10_000;

  private final float[] xs;
  private final float[] ys;
  private final List<Ruling> rulings;

  private Lattice(float[] xs, float[] ys, List<Ruling> rulings) {
    this.xs = xs;
    this.ys = ys;
    this.rulings = rulings;
  }

  /// A cell, spans included.
  record Cell(int row, int column, int rowSpan, int columnSpan, Box box) {}

  /// The lattice of touching strokes; `null` when it is no table: a frame, a rule, a chart.
  static @Nullable Lattice of(List<Ruling> rulings) {
    float[] xs = borders(rulings, false);
    float[] ys = borders(rulings, true);
    if (xs.length < 3 || ys.length < 3 || (long) xs.length * ys.length > MOST_CELLS) {
      return null;
    }
    return new Lattice(xs, ys, rulings);
  }

  /// The row that a position is in, or the nearest one.
  int rowAt(float y) {
    return index(ys, y);
  }

  /// The column that a position is in, or the nearest one.
  int columnAt(float x) {
    return index(xs, x);
  }

  int rows() {
    return ys.length - 1;
  }

  int columns() {
    return xs.length - 1;
  }

  Box box() {
    return new Box(xs[0], ys[0], xs[columns()], ys[rows()]);
  }

  List<Cell> cells() {
    boolean[][] taken = new boolean[rows()][columns()];
    List<Cell> cells = new ArrayList<>();
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns(); column++) {
        if (!taken[row][column]) {
          cells.add(cellAt(row, column, taken));
        }
      }
    }
    return cells;
  }

  private Cell cellAt(int row, int column, boolean[][] taken) {
    int right = column + 1;
    while (right < columns() && !taken[row][right] && !bordered(false, right, row)) {
      right++;
    }
    int bottom = row + 1;
    while (bottom < rows() && open(bottom, column, right, taken)) {
      bottom++;
    }
    for (int r = row; r < bottom; r++) {
      for (int c = column; c < right; c++) {
        taken[r][c] = true;
      }
    }
    Box box = new Box(xs[column], ys[row], xs[right], ys[bottom]);
    return new Cell(row, column, bottom - row, right - column, box);
  }

  /// Whether the row goes on from the cell above it: no border above, and none inside.
  private boolean open(int row, int left, int right, boolean[][] taken) {
    for (int c = left; c < right; c++) {
      if (taken[row][c] || bordered(true, row, c) || (c > left && bordered(false, c, row))) {
        return false;
      }
    }
    return true;
  }

  /// Whether a stroke covers most of the cell side on border `border`, at row or column `index`.
  private boolean bordered(boolean horizontal, int border, int index) {
    float at = horizontal ? ys[border] : xs[border];
    float from = horizontal ? xs[index] : ys[index];
    float to = horizontal ? xs[index + 1] : ys[index + 1];
    float covered = 0;
    for (Ruling ruling : rulings) {
      if (ruling.horizontal() == horizontal && Math.abs(ruling.at() - at) <= SAME_BORDER) {
        covered += Math.max(0, Math.min(to, ruling.to()) - Math.max(from, ruling.from()));
      }
    }
    return covered >= COVERED * (to - from);
  }

  private static int index(float[] borders, float at) {
    int found = Arrays.binarySearch(borders, at);
    int index = found >= 0 ? found : -found - 2;
    return Math.clamp(index, 0, borders.length - 2);
  }

  private static float[] borders(List<Ruling> rulings, boolean horizontal) {
    double[] at =
        rulings.stream()
            .filter(ruling -> ruling.horizontal() == horizontal)
            .mapToDouble(Ruling::at)
            .sorted()
            .toArray();
    float[] borders = new float[at.length];
    int count = 0;
    for (double position : at) {
      if (count == 0 || position - borders[count - 1] > SAME_BORDER) {
        borders[count++] = (float) position;
      }
    }
    return Arrays.copyOf(borders, count);
  }
}
