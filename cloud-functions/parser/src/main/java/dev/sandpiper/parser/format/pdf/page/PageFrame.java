package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/// Maps PDF user space to the page as it is seen: origin in the upper left corner, y downwards.
///
/// @param width seen width in points
/// @param height seen height in points
record PageFrame(AffineTransform toPage, float width, float height) {

  private static final int QUARTER = 90;

  static PageFrame of(PDPage page) {
    PDRectangle crop = page.getCropBox();
    float left = crop.getLowerLeftX();
    float bottom = crop.getLowerLeftY();
    float right = crop.getUpperRightX();
    float top = crop.getUpperRightY();
    int quarters = Math.floorMod(page.getRotation() / QUARTER, 4);
    AffineTransform transform =
        switch (quarters) {
          case 1 -> new AffineTransform(0, 1, 1, 0, -bottom, -left);
          case 2 -> new AffineTransform(-1, 0, 0, 1, right, -bottom);
          case 3 -> new AffineTransform(0, -1, -1, 0, top, right);
          default -> new AffineTransform(1, 0, 0, -1, -left, top);
        };
    boolean sideways = quarters % 2 == 1;
    return new PageFrame(
        transform,
        sideways ? crop.getHeight() : crop.getWidth(),
        sideways ? crop.getWidth() : crop.getHeight());
  }

  Point2D.Float point(float x, float y) {
    Point2D.Float point = new Point2D.Float(x, y);
    toPage.transform(point, point);
    return point;
  }

  Box box(PDRectangle rectangle) {
    Rectangle2D.Float source =
        new Rectangle2D.Float(
            rectangle.getLowerLeftX(),
            rectangle.getLowerLeftY(),
            rectangle.getWidth(),
            rectangle.getHeight());
    Rectangle2D seen = toPage.createTransformedShape(source).getBounds2D();
    return new Box(
        (float) seen.getMinX(),
        (float) seen.getMinY(),
        (float) seen.getMaxX(),
        (float) seen.getMaxY());
  }

  boolean shows(float x, float y) {
    return x >= -1 && y >= -1 && x <= width + 1 && y <= height + 1;
  }
}
