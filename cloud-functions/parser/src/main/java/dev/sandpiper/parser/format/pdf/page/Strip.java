package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.format.pdf.page.ReadingOrder.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Nodes between two horizontal cuts of a page, and the gaps between them.
///
/// @param box around all nodes
/// @param gaps free intervals of x from minus to plus infinity, from left to right
record Strip(Box box, List<Node> nodes, List<Interval> gaps) {

  private static final float OVERLAP = 0.25f;
  private static final float NARROWEST_GAP = 0.6f;

  /// An interval of x.
  record Interval(float from, float to) {
    float width() {
      return to - from;
    }
  }

  /// Cuts nodes into strips from top to bottom. Lines may overlap a little: tight leading.
  static List<Strip> of(List<Node> nodes) {
    List<Node> sorted = ReadingOrder.topDown(nodes);
    List<Strip> strips = new ArrayList<>();
    List<Node> open = new ArrayList<>();
    float bottom = 0;
    for (Node node : sorted) {
      float slack = OVERLAP * (node.box().bottom() - node.box().top());
      if (!open.isEmpty() && node.box().top() + slack >= bottom) {
        strips.add(strip(open));
        open = new ArrayList<>();
      }
      bottom = open.isEmpty() ? node.box().bottom() : Math.max(bottom, node.box().bottom());
      open.add(node);
    }
    if (!open.isEmpty()) {
      strips.add(strip(open));
    }
    return strips;
  }

  private static Strip strip(List<Node> nodes) {
    Box box = nodes.getFirst().box();
    float em = 0;
    for (Node node : nodes) {
      box = box.union(node.box());
      em = Math.max(em, Math.min(node.size(), 14));
    }
    return new Strip(box, nodes, gaps(nodes, NARROWEST_GAP * em));
  }

  private static List<Interval> gaps(List<Node> nodes, float narrowest) {
    List<Node> sorted = new ArrayList<>(nodes);
    sorted.sort(Comparator.comparingDouble(node -> node.box().left()));
    List<Interval> gaps = new ArrayList<>();
    float right = Float.NEGATIVE_INFINITY;
    for (Node node : sorted) {
      if (node.box().left() - right >= narrowest) {
        gaps.add(new Interval(right, node.box().left()));
      }
      right = Math.max(right, node.box().right());
    }
    gaps.add(new Interval(right, Float.POSITIVE_INFINITY));
    return gaps;
  }
}
