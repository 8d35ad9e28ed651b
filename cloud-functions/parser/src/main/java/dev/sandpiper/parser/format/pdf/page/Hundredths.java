package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;

/// Coordinates as they travel: whole hundredths of a point, so that a record is the same before and
/// after JSON.
final class Hundredths {

  private static final float FARTHEST = 80_000;
  private static final float SCALE = 100;

  private Hundredths() {}

  static int of(float points) {
    if (Float.isNaN(points)) {
      return 0;
    }
    return Math.round(Math.clamp(points, -FARTHEST, FARTHEST) * SCALE);
  }

  static float points(int hundredths) {
    return hundredths / SCALE;
  }

  static float round(float points) {
    return points(of(points));
  }

  static Box round(Box box) {
    return new Box(round(box.left()), round(box.top()), round(box.right()), round(box.bottom()));
  }
}
