package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Cuts a page into columns and reads them in order.
///
/// Nodes are grouped into strips that do not overlap vertically. Neighbouring strips that leave the
/// same gutter free form a band; a band with running text on both sides of its gutter is read
/// column by column, each of which is cut again. Everything else is read line by line.
final class ReadingOrder {

  private static final int DEEPEST = 6;
  private static final int FEWEST_ROWS = 3;
  private static final float PROSE_CHARACTERS = 14;
  private static final float DETACHED = 1.6f;

  /// Something to be put in order: a segment, or a box that is kept whole.
  record Node(Box box, float size, int characters, Object content) {}

  private final List<List<Node>> leaves = new ArrayList<>();

  private ReadingOrder() {}

  /// Single columns in reading order.
  static List<List<Node>> columns(List<Node> nodes) {
    ReadingOrder order = new ReadingOrder();
    order.read(nodes, 0);
    return order.leaves;
  }

  private void read(List<Node> nodes, int depth) {
    if (nodes.isEmpty()) {
      return;
    }
    if (depth == DEEPEST || nodes.size() < 2 * FEWEST_ROWS) {
      leaves.add(nodes);
      return;
    }
    List<Node> plain = new ArrayList<>();
    for (Band band : Band.cut(Strip.of(nodes))) {
      if (!band.hasGutter()) {
        plain.addAll(band.nodes());
        continue;
      }
      Band.Trimmed trimmed = band.trimmed(DETACHED);
      Band body = trimmed.body();
      plain.addAll(trimmed.before());
      if (isColumns(body)) {
        readColumns(body, plain, depth);
      } else {
        // A chart or a table above or below columns may leave their gutter free, too.
        Band.Trimmed core = body.core(PROSE_CHARACTERS);
        plain.addAll(core.before());
        if (isColumns(core.body())) {
          readColumns(core.body(), plain, depth);
        } else {
          plain.addAll(core.body().nodes());
        }
        plain.addAll(core.after());
      }
      plain.addAll(trimmed.after());
    }
    flush(plain);
  }

  private void readColumns(Band band, List<Node> plain, int depth) {
    flush(plain);
    read(band.left(), depth + 1);
    read(band.right(), depth + 1);
  }

  private void flush(List<Node> plain) {
    if (!plain.isEmpty()) {
      leaves.add(new ArrayList<>(plain));
      plain.clear();
    }
  }

  private static boolean isColumns(Band band) {
    return band.hasGutter() && isProse(band.left()) && isProse(band.right());
  }

  private static boolean isProse(List<Node> nodes) {
    List<Strip> rows = Strip.of(nodes);
    if (rows.size() < FEWEST_ROWS) {
      return false;
    }
    long characters = 0;
    for (Node node : nodes) {
      characters += node.characters();
    }
    return characters >= PROSE_CHARACTERS * rows.size();
  }

  static List<Node> topDown(List<Node> nodes) {
    List<Node> sorted = new ArrayList<>(nodes);
    sorted.sort(
        Comparator.comparingDouble((Node node) -> node.box().top())
            .thenComparingDouble(node -> node.box().left()));
    return sorted;
  }
}
