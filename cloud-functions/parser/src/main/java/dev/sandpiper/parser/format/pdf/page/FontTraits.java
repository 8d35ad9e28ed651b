package dev.sandpiper.parser.format.pdf.page;

import java.util.Locale;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/// What a font's name and descriptor say about its look.
///
/// @param space width of a blank in em; 0 when unknown
record FontTraits(boolean bold, boolean italic, boolean mono, float space) {

  private static final int HEAVY = 600;
  private static final float PER_EM = 1000;

  static FontTraits of(PDFont font) {
    String name = nameOf(font).toLowerCase(Locale.ROOT);
    PDFontDescriptor descriptor = font.getFontDescriptor();
    boolean bold = hasAny(name, "bold", "black", "heavy", "semibold", "demi", "-bd", ",bd");
    boolean italic = hasAny(name, "italic", "oblique", "slanted", "-it", "cmti");
    boolean mono =
        hasAny(name, "courier", "mono", "consolas", "menlo", "typewriter", "cmtt", "inconsolata");
    if (isTexBold(name)) {
      bold = true;
    }
    if (descriptor != null) {
      bold |= descriptor.isForceBold() || descriptor.getFontWeight() >= HEAVY;
      italic |= descriptor.isItalic();
      mono |= descriptor.isFixedPitch();
    }
    return new FontTraits(bold, italic, mono, spaceWidth(font));
  }

  private static boolean isTexBold(String name) {
    int plus = name.indexOf('+');
    String bare = plus < 0 ? name : name.substring(plus + 1);
    return (bare.startsWith("nimbus") && bare.contains("medi"))
        || bare.startsWith("cmb")
        || bare.startsWith("cmssbx")
        || bare.startsWith("sfbx");
  }

  private static String nameOf(PDFont font) {
    @Nullable String name = font.getName();
    return name == null ? "" : name;
  }

  private static boolean hasAny(String name, String... parts) {
    for (String part : parts) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static float spaceWidth(PDFont font) {
    try {
      float width = font.getSpaceWidth() / PER_EM;
      return width > 0 && width < 1 ? width : 0;
    } catch (RuntimeException e) {
      return 0;
    }
  }
}
