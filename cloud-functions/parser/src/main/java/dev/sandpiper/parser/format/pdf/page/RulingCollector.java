package dev.sandpiper.parser.format.pdf.page;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.util.Matrix;

/// Follows path operators and keeps the straight horizontal and vertical strokes, thin filled
/// rectangles included.
final class RulingCollector {

  private static final int MOST_RULINGS = 20_000;
  private static final int MOST_SEGMENTS = 20_000;
  private static final float STRAIGHT = 0.7f;
  private static final float THIN = 3f;
  private static final float SHORTEST = 2f;

  private record Segment(Point2D.Float from, Point2D.Float to) {}

  private final PageFrame frame;
  private final List<Ruling> rulings = new ArrayList<>();
  private final List<Segment> path = new ArrayList<>();
  private Point2D.Float start = new Point2D.Float();
  private Point2D.Float current = new Point2D.Float();

  RulingCollector(PageFrame frame) {
    this.frame = frame;
  }

  List<Ruling> rulings() {
    return rulings;
  }

  void moveTo(Matrix ctm, float x, float y) {
    current = onPage(ctm, x, y);
    start = current;
  }

  void lineTo(Matrix ctm, float x, float y) {
    Point2D.Float next = onPage(ctm, x, y);
    add(current, next);
    current = next;
  }

  void curveTo(Matrix ctm, float x, float y) {
    current = onPage(ctm, x, y);
  }

  void rectangle(Matrix ctm, Point2D.Float corner, float width, float height) {
    Point2D.Float a = onPage(ctm, corner.x, corner.y);
    Point2D.Float b = onPage(ctm, corner.x + width, corner.y);
    Point2D.Float c = onPage(ctm, corner.x + width, corner.y + height);
    Point2D.Float d = onPage(ctm, corner.x, corner.y + height);
    add(a, b);
    add(b, c);
    add(c, d);
    add(d, a);
    start = a;
    current = a;
  }

  void close() {
    add(current, start);
    current = start;
  }

  void stroke() {
    path.forEach(segment -> keep(segment.from, segment.to));
    path.clear();
  }

  /// A filled path counts as a ruling where it is thin, and by its edges where it is a box.
  void fill() {
    for (int i = 0; i + 3 < path.size(); i += 4) {
      fillBox(path.subList(i, i + 4));
    }
    path.clear();
  }

  void end() {
    path.clear();
  }

  private void fillBox(List<Segment> sides) {
    float left = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    float top = Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    for (Segment side : sides) {
      left = Math.min(left, Math.min(side.from.x, side.to.x));
      right = Math.max(right, Math.max(side.from.x, side.to.x));
      top = Math.min(top, Math.min(side.from.y, side.to.y));
      bottom = Math.max(bottom, Math.max(side.from.y, side.to.y));
    }
    boolean flat = bottom - top <= THIN;
    boolean narrow = right - left <= THIN;
    if (flat && !narrow) {
      float y = (top + bottom) / 2;
      keep(new Point2D.Float(left, y), new Point2D.Float(right, y));
    } else if (narrow && !flat) {
      float x = (left + right) / 2;
      keep(new Point2D.Float(x, top), new Point2D.Float(x, bottom));
    }
  }

  private void add(Point2D.Float from, Point2D.Float to) {
    if (path.size() < MOST_SEGMENTS) {
      path.add(new Segment(from, to));
    }
  }

  private void keep(Point2D.Float from, Point2D.Float to) {
    if (rulings.size() >= MOST_RULINGS) {
      return;
    }
    float dx = Math.abs(to.x - from.x);
    float dy = Math.abs(to.y - from.y);
    if (dy <= STRAIGHT && dx >= SHORTEST) {
      rulings.add(
          new Ruling(true, (from.y + to.y) / 2, Math.min(from.x, to.x), Math.max(from.x, to.x)));
    } else if (dx <= STRAIGHT && dy >= SHORTEST) {
      rulings.add(
          new Ruling(false, (from.x + to.x) / 2, Math.min(from.y, to.y), Math.max(from.y, to.y)));
    }
  }

  private Point2D.Float onPage(Matrix ctm, float x, float y) {
    Point2D.Float user = ctm.transformPoint(x, y);
    return frame.point(user.x, user.y);
  }
}
