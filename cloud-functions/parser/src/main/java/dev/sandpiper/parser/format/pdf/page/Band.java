package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.format.pdf.page.ReadingOrder.Node;
import dev.sandpiper.parser.format.pdf.page.Strip.Interval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Neighbouring strips, and the widest gutter that all of them leave free.
///
/// @param gutter `null` when no gutter has something on both sides
record Band(List<Strip> strips, @Nullable Interval gutter) {

  private static final float NARROWEST = 5;
  private static final int FEWEST_STRIPS = 3;

  /// A band without the lines that stand apart from it.
  record Trimmed(List<Node> before, Band body, List<Node> after) {}

  static List<Band> cut(List<Strip> strips) {
    List<Band> bands = new ArrayList<>();
    Open open = new Open();
    for (Strip strip : strips) {
      if (!open.accepts(strip)) {
        bands.add(open.close());
      }
      open.add(strip);
    }
    if (!open.strips.isEmpty()) {
      bands.add(open.close());
    }
    return bands;
  }

  private static Band of(List<Strip> strips) {
    Open open = new Open();
    strips.forEach(open::add);
    return open.close();
  }

  boolean hasGutter() {
    return gutter != null;
  }

  List<Node> nodes() {
    return nodes(strips);
  }

  List<Node> left() {
    return side(true);
  }

  List<Node> right() {
    return side(false);
  }

  /// Without single lines at its top and bottom that stand well apart: running heads, page numbers.
  ///
  /// @param lines how many line heights are well apart
  Trimmed trimmed(float lines) {
    int first = 0;
    int last = strips.size();
    while (last - first > FEWEST_STRIPS
        && isDetached(strips.get(first), strips.get(first + 1), lines)) {
      first++;
    }
    while (last - first > FEWEST_STRIPS
        && isDetached(strips.get(last - 1), strips.get(last - 2), lines)) {
      last--;
    }
    return new Trimmed(
        nodes(strips.subList(0, first)),
        of(strips.subList(first, last)),
        nodes(strips.subList(last, strips.size())));
  }

  /// From the first to the last strip with running text on both sides of the gutter.
  ///
  /// @param characters fewest characters of running text
  Trimmed core(float characters) {
    int first = 0;
    int last = strips.size();
    while (first < last && !hasTextOnBothSides(strips.get(first), characters)) {
      first++;
    }
    while (last > first && !hasTextOnBothSides(strips.get(last - 1), characters)) {
      last--;
    }
    return new Trimmed(
        nodes(strips.subList(0, first)),
        of(strips.subList(first, last)),
        nodes(strips.subList(last, strips.size())));
  }

  private boolean hasTextOnBothSides(Strip strip, float characters) {
    Band one = new Band(List.of(strip), gutter);
    return characters(one.left()) >= characters && characters(one.right()) >= characters;
  }

  private static int characters(List<Node> nodes) {
    return nodes.stream().mapToInt(Node::characters).sum();
  }

  private static List<Node> nodes(List<Strip> strips) {
    List<Node> nodes = new ArrayList<>();
    strips.forEach(strip -> nodes.addAll(strip.nodes()));
    return nodes;
  }

  private static boolean isDetached(Strip strip, Strip neighbour, float lines) {
    float size = 0;
    for (Node node : strip.nodes()) {
      size = Math.max(size, node.size());
    }
    float gap =
        Math.max(
            neighbour.box().top() - strip.box().bottom(),
            strip.box().top() - neighbour.box().bottom());
    boolean oneLine = strip.box().bottom() - strip.box().top() < 2 * size;
    return oneLine && gap > lines * size;
  }

  private List<Node> side(boolean left) {
    Interval cut = gutter;
    List<Node> side = new ArrayList<>();
    if (cut == null) {
      return side;
    }
    float middle = (cut.from() + cut.to()) / 2;
    for (Node node : nodes()) {
      if ((node.box().left() + node.box().right()) / 2 < middle == left) {
        side.add(node);
      }
    }
    return side;
  }

  /// The band being gathered.
  private static final class Open {
    private List<Strip> strips = new ArrayList<>();
    private List<Interval> free = List.of();
    private float left = Float.MAX_VALUE;
    private float right = -Float.MAX_VALUE;

    /// A band with a gutter ends where the gutter is blocked; one without ends where columns may
    /// begin.
    boolean accepts(Strip strip) {
      if (strips.isEmpty()) {
        return true;
      }
      if (widest(free, left, right) == null) {
        return widest(strip.gaps(), strip.box().left(), strip.box().right()) == null;
      }
      return widest(
              shared(free, strip.gaps()),
              Math.min(left, strip.box().left()),
              Math.max(right, strip.box().right()))
          != null;
    }

    void add(Strip strip) {
      free = strips.isEmpty() ? strip.gaps() : shared(free, strip.gaps());
      strips.add(strip);
      left = Math.min(left, strip.box().left());
      right = Math.max(right, strip.box().right());
    }

    Band close() {
      Band band = new Band(strips, widest(free, left, right));
      strips = new ArrayList<>();
      left = Float.MAX_VALUE;
      right = -Float.MAX_VALUE;
      return band;
    }

    private static List<Interval> shared(List<Interval> a, List<Interval> b) {
      List<Interval> shared = new ArrayList<>();
      int i = 0;
      int j = 0;
      while (i < a.size() && j < b.size()) {
        float from = Math.max(a.get(i).from(), b.get(j).from());
        float to = Math.min(a.get(i).to(), b.get(j).to());
        if (to - from >= NARROWEST) {
          shared.add(new Interval(from, to));
        }
        if (a.get(i).to() < b.get(j).to()) {
          i++;
        } else {
          j++;
        }
      }
      return shared;
    }

    private static @Nullable Interval widest(List<Interval> free, float left, float right) {
      Interval widest = null;
      for (Interval gap : free) {
        if (gap.from() > left
            && gap.to() < right
            && (widest == null || gap.width() > widest.width())) {
          widest = gap;
        }
      }
      return widest;
    }
  }
}
