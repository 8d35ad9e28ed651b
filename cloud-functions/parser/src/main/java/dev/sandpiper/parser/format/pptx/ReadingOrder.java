package dev.sandpiper.parser.format.pptx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/// Puts shapes into the order a person reads them: cuts the slide into columns where a gap runs
/// through it from top to bottom, else into rows, and so on inside each piece.
final class ReadingOrder {

  private static final int DEEPEST = 20;
  private static final int MOST_CUT = 500;

  private ReadingOrder() {}

  static List<Shape> of(List<Shape> shapes) {
    List<Shape> ordered = new ArrayList<>(shapes.size());
    cut(shapes, 0, ordered);
    return ordered;
  }

  private static void cut(List<Shape> shapes, int depth, List<Shape> ordered) {
    if (shapes.size() < 2 || depth > DEEPEST || shapes.size() > MOST_CUT) {
      ordered.addAll(shapes);
      return;
    }
    List<List<Shape>> pieces =
        split(shapes, shape -> shape.area().left(), shape -> shape.area().right());
    if (pieces.size() == 1) {
      pieces = split(shapes, shape -> shape.area().top(), shape -> shape.area().bottom());
    }
    if (pieces.size() == 1) {
      shapes.stream()
          .sorted(
              Comparator.<Shape>comparingLong(shape -> shape.area().top())
                  .thenComparingLong(shape -> shape.area().left()))
          .forEach(ordered::add);
      return;
    }
    for (List<Shape> piece : pieces) {
      cut(piece, depth + 1, ordered);
    }
  }

  /// Groups of shapes that overlap along one axis, in its order.
  private static List<List<Shape>> split(
      List<Shape> shapes, ToLongFunction<Shape> start, ToLongFunction<Shape> end) {
    List<Shape> sorted = new ArrayList<>(shapes);
    sorted.sort(Comparator.comparingLong(start));
    List<List<Shape>> groups = new ArrayList<>();
    long reaches = Long.MIN_VALUE;
    for (Shape shape : sorted) {
      // Boxes that touch by a hair's breadth are still apart.
      long tolerance = (end.applyAsLong(shape) - start.applyAsLong(shape)) / 20;
      if (groups.isEmpty() || start.applyAsLong(shape) + tolerance >= reaches) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(shape);
      reaches = Math.max(reaches, end.applyAsLong(shape));
    }
    return groups;
  }
}
