package dev.sandpiper.edge.intake;

/// Makes names safe to show and to store. A name is never used as a path.
public final class DocumentName {

  private static final int LONGEST = 255;
  private static final String NAMELESS = "document";

  private DocumentName() {}

  /// The last part of a path as somebody sent it, without control characters and direction
  /// overrides, of at most 255 characters; `document` when nothing is left.
  public static String of(String given) {
    int cut = Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\'));
    StringBuilder name = new StringBuilder();
    given
        .substring(cut + 1)
        .codePoints()
        .filter(DocumentName::isShown)
        .limit(LONGEST)
        .forEach(name::appendCodePoint);
    String text = name.toString().strip();
    return text.isEmpty() || text.equals(".") || text.equals("..") ? NAMELESS : text;
  }

  private static boolean isShown(int c) {
    // An override can make "exe.pdf" out of "fdp.exe"; letters of right-to-left scripts need none.
    boolean override = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    boolean surrogate = c >= 0xd800 && c <= 0xdfff;
    return !Character.isISOControl(c) && !override && !surrogate && c != 0xfeff;
  }
}
