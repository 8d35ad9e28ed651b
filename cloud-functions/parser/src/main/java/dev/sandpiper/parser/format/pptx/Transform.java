package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.format.container.XmlCursor;

/// Where a shape or group lies, and the coordinates inside the group.
record Transform(Shape.Area area, Shape.Area inside) {

  static final Transform NONE = new Transform(Shape.Area.UNKNOWN, Shape.Area.UNKNOWN);

  /// Reads an `xfrm` element to its end.
  static Transform read(XmlCursor xml) {
    long[] values = new long[8];
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "a:off" -> pair(xml, "x", "y", values, 0);
        case "a:ext" -> pair(xml, "cx", "cy", values, 2);
        case "a:chOff" -> pair(xml, "x", "y", values, 4);
        case "a:chExt" -> pair(xml, "cx", "cy", values, 6);
        default -> {}
      }
    }
    return new Transform(
        new Shape.Area(values[0], values[1], values[0] + values[2], values[1] + values[3]),
        new Shape.Area(values[4], values[5], values[4] + values[6], values[5] + values[7]));
  }

  private static void pair(XmlCursor xml, String first, String second, long[] values, int at) {
    values[at] = xml.intAttr(first, 0);
    values[at + 1] = xml.intAttr(second, 0);
  }

  /// A shape's area in the coordinates around the group.
  Shape.Area outside(Shape.Area shape) {
    long width = inside.right() - inside.left();
    long height = inside.bottom() - inside.top();
    if (!shape.isKnown() || width <= 0 || height <= 0) {
      return shape.isKnown() ? shape : area;
    }
    double scaleX = (double) (area.right() - area.left()) / width;
    double scaleY = (double) (area.bottom() - area.top()) / height;
    return shape.moved(inside.left(), inside.top(), scaleX, scaleY, area);
  }
}
