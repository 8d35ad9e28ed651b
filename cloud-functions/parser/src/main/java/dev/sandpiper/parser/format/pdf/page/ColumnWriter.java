package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.format.pdf.page.ReadingOrder.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Writes ordered columns as lines, with tables and pictures where they stand.
final class ColumnWriter {

  private ColumnWriter() {}

  static void write(List<Node> nodes, List<PageItem> items) {
    List<Node> ordered = new ArrayList<>();
    List<Node> pictures = new ArrayList<>();
    for (Node node : nodes) {
      (node.content() instanceof PageItem.Picture ? pictures : ordered).add(node);
    }
    int column = 0;
    for (List<Node> leaf : ReadingOrder.columns(ordered)) {
      writeColumn(leaf, column++, items);
    }
    pictures.forEach(picture -> insert((PageItem.Picture) picture.content(), items));
  }

  static int nextColumn(List<PageItem> items) {
    int next = 0;
    for (PageItem item : items) {
      if (item instanceof PageItem.Line line) {
        next = Math.max(next, line.column() + 1);
      }
    }
    return next;
  }

  private static void writeColumn(List<Node> leaf, int column, List<PageItem> items) {
    List<Segment> segments = new ArrayList<>();
    List<PageItem> placed = new ArrayList<>();
    for (Node node : leaf) {
      switch (node.content()) {
        case Segment segment -> segments.add(segment);
        case PageItem item -> placed.add(item);
        default -> throw new IllegalStateException("not on a page: " + node.content());
      }
    }
    for (List<Segment> row : SegmentBuilder.rows(segments)) {
      placed.add(LineMaker.line(row, column, Direction.RIGHT));
    }
    placed.sort(Comparator.comparingDouble(item -> item.box().top()));
    items.addAll(placed);
  }

  /// A picture goes before the first item of its own width that stands below its middle.
  private static void insert(PageItem.Picture picture, List<PageItem> items) {
    float middle = (picture.box().top() + picture.box().bottom()) / 2;
    int at = items.size();
    for (int i = 0; i < items.size(); i++) {
      PageItem item = items.get(i);
      boolean beside =
          item.box().left() < picture.box().right() && item.box().right() > picture.box().left();
      if (beside && item.box().top() >= middle) {
        at = i;
        break;
      }
    }
    items.add(at, picture);
  }
}
