package dev.sandpiper.parser.format.pdf.page;

/// Bits that say how a [PageItem.Run] is set.
public final class Style {

  public static final int BOLD = 1;
  public static final int ITALIC = 2;
  public static final int MONO = 4;
  public static final int RAISED = 8;
  public static final int LOWERED = 16;

  private Style() {}

  static int of(FontTraits font) {
    return (font.bold() ? BOLD : 0) | (font.italic() ? ITALIC : 0) | (font.mono() ? MONO : 0);
  }
}
