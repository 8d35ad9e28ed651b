package dev.sandpiper.parser.format.pdf;

import java.awt.geom.GeneralPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.fontbox.util.BoundingBox;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/// Stands in for fonts that a PDF does not embed: an empty one where that will do, PDFBox's bundled
/// one where a TrueType font is required. Widths come from the PDF or from PDFBox's metrics.
final class NoSystemFonts implements FontMapper {

  private static final String BUNDLED =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(
      String baseFont, @Nullable PDFontDescriptor descriptor) {
    return new FontMapping<>(Bundled.FONT, true);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(
      String baseFont, @Nullable PDFontDescriptor descriptor) {
    return new FontMapping<>(new EmptyFont(), true);
  }

  @Override
  public CIDFontMapping getCIDFont(
      String baseFont, @Nullable PDFontDescriptor descriptor, @Nullable PDCIDSystemInfo info) {
    return new CIDFontMapping(null, Bundled.FONT, true);
  }

  /// Read when first needed.
  private static final class Bundled {
    static final TrueTypeFont FONT = load();

    private static TrueTypeFont load() {
      try (InputStream in = FontMapper.class.getResourceAsStream(BUNDLED)) {
        return new TTFParser().parse(new RandomAccessReadBuffer(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A font without glyphs.
  private record EmptyFont() implements FontBoxFont {
    @Override
    public String getName() {
      return "none";
    }

    @Override
    public BoundingBox getFontBBox() {
      return new BoundingBox(0, -200, 1000, 800);
    }

    @Override
    public List<Number> getFontMatrix() {
      return List.of(0.001, 0, 0, 0.001, 0, 0);
    }

    @Override
    public GeneralPath getPath(String name) {
      return new GeneralPath();
    }

    @Override
    public float getWidth(String name) {
      return 500;
    }

    @Override
    public boolean hasGlyph(String name) {
      return true;
    }
  }
}
