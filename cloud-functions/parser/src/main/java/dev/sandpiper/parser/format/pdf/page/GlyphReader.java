package dev.sandpiper.parser.format.pdf.page;

import java.awt.geom.Point2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDSimpleFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.font.encoding.GlyphList;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/// Turns shown codes into characters with a place.
final class GlyphReader {

  private static final GlyphList NAMES = glyphNames();
  private static final float DEFAULT_SPACE = 0.25f;
  private static final float NARROWEST_GAP = 0.1f;
  private static final float WIDEST_GAP = 0.25f;
  private static final float TYPE3_EM = 0.001f;

  /// A glyph and which way its line runs.
  record Placed(Direction direction, Glyph glyph) {}

  private final Fonts fonts;
  private int shown;
  private int unmapped;

  GlyphReader(Fonts fonts) {
    this.fonts = fonts;
  }

  /// How many characters were shown that are not blank.
  int shown() {
    return shown;
  }

  /// How many of them the document does not say the meaning of.
  int unmapped() {
    return unmapped;
  }

  @Nullable Placed read(
      PageFrame frame, Matrix rendering, PDFont font, int code, Vector displacement) {
    FontTraits look = fonts.traits(font);
    Point2D.Float from = frame.point(rendering.getTranslateX(), rendering.getTranslateY());
    float w = displacement.getX();
    float h = displacement.getY();
    Point2D.Float to =
        frame.point(
            rendering.getTranslateX() + w * rendering.getScaleX() + h * rendering.getShearX(),
            rendering.getTranslateY() + w * rendering.getShearY() + h * rendering.getScaleY());
    float size = (float) Math.hypot(rendering.getShearX(), rendering.getScaleY());
    size *= type3Scale(font);
    if (!(size > 0.5f && size < 5_000) || !frame.shows(from.x, from.y)) {
      return null;
    }
    Direction direction = direction(frame, rendering, font);
    String text = text(font, code);
    if (text.isEmpty()) {
      return null;
    }
    float space = look.space() > 0 ? look.space() : DEFAULT_SPACE;
    float gap = Math.clamp(space / 2, NARROWEST_GAP, WIDEST_GAP) * size;
    float start = direction.along(from.x, from.y);
    float end = direction.along(to.x, to.y);
    float baseline = direction.across(from.x, from.y);
    return new Placed(
        direction,
        new Glyph(text, Math.min(start, end), Math.max(start, end), baseline, size, gap, look));
  }

  private static Direction direction(PageFrame frame, Matrix rendering, PDFont font) {
    Point2D.Float origin = frame.point(0, 0);
    Point2D.Float ahead =
        font.isVertical()
            ? frame.point(-rendering.getShearX(), -rendering.getScaleY())
            : frame.point(rendering.getScaleX(), rendering.getShearY());
    return Direction.of(ahead.x - origin.x, ahead.y - origin.y);
  }

  /// The em square of a Type 3 font is whatever its matrix says.
  private static float type3Scale(PDFont font) {
    if (!(font instanceof PDType3Font type3)) {
      return 1;
    }
    float unit = Math.abs(type3.getFontMatrix().getScaleY());
    float height = 0;
    try {
      height = type3.getBoundingBox().getHeight();
    } catch (RuntimeException e) {
      return 1;
    }
    if (height > 0 && unit > 0) {
      return Math.clamp(height * unit, 0.01f, 100);
    }
    return unit > 0 ? Math.clamp(unit / TYPE3_EM, 0.01f, 100) : 1;
  }

  private String text(PDFont font, int code) {
    String mapped = null;
    try {
      mapped = font.toUnicode(code, NAMES);
    } catch (RuntimeException e) {
      mapped = null;
    }
    if (mapped != null) {
      String clean = Characters.clean(mapped);
      if (!clean.isBlank()) {
        shown++;
        if (clean.indexOf('\uFFFD') >= 0) {
          unmapped++;
        }
      }
      return clean;
    }
    shown++;
    unmapped++;
    return font instanceof PDSimpleFont && code >= ' ' && code < 256
        ? Characters.clean(String.valueOf((char) code))
        : "";
  }

  private static GlyphList glyphNames() {
    try (InputStream more =
        GlyphList.class.getResourceAsStream(
            "/org/apache/pdfbox/resources/glyphlist/additional.txt")) {
      return new GlyphList(GlyphList.getAdobeGlyphList(), more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
