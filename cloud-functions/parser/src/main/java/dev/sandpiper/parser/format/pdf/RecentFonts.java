package dev.sandpiper.parser.format.pdf;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.DefaultResourceCache;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.jspecify.annotations.Nullable;

/// Keeps the fonts used last. PDFBox's own cache keeps all of them until memory runs short, which
/// makes a small heap collect garbage most of the time.
final class RecentFonts extends DefaultResourceCache {

  private static final int MOST_FONTS = 24;
  private static final float LOAD = 0.75f;

  private final LinkedHashMap<COSObject, SoftReference<PDFont>> fonts =
      new LinkedHashMap<>(MOST_FONTS, LOAD, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<COSObject, SoftReference<PDFont>> eldest) {
          return size() > MOST_FONTS;
        }
      };

  @Override
  public @Nullable PDFont getFont(COSObject indirect) {
    SoftReference<PDFont> font = fonts.get(indirect);
    return font == null ? null : font.get();
  }

  @Override
  public void put(COSObject indirect, PDFont font) {
    fonts.put(indirect, new SoftReference<>(font));
  }
}
