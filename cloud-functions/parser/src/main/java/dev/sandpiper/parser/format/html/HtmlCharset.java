package dev.sandpiper.parser.format.html;

import dev.sandpiper.parser.detect.CharsetDetector;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decodes a page: byte order mark, then what the page declares, then what its letters look like.
public final class HtmlCharset {

  private static final int DECLARED_WITHIN = 4096;
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private HtmlCharset() {}

  /// The page as text. A page that claims UTF-8 and is not is read as what it looks like.
  public static String decode(byte[] bytes) {
    Charset marked = byteOrderMark(bytes);
    if (marked != null) {
      return new String(bytes, marked).substring(1);
    }
    Charset declared = declared(bytes);
    if (declared != null && !declared.equals(StandardCharsets.UTF_8)) {
      return new String(bytes, declared);
    }
    return CharsetDetector.decode(bytes);
  }

  private static @Nullable Charset byteOrderMark(byte[] b) {
    if (b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
      return StandardCharsets.UTF_8;
    }
    if (b.length >= 2 && b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    boolean big = b.length >= 2 && b[0] == (byte) 0xFE && b[1] == (byte) 0xFF;
    return big ? StandardCharsets.UTF_16BE : null;
  }

  private static @Nullable Charset declared(byte[] bytes) {
    int length = Math.min(bytes.length, DECLARED_WITHIN);
    String head =
        new String(bytes, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int at = head.indexOf("charset=");
    if (at < 0 && head.stripLeading().startsWith("<?xml")) {
      at = head.indexOf("encoding=") + 1;
    }
    return at <= 0 ? null : named(head, at + "charset=".length());
  }

  private static @Nullable Charset named(String head, int from) {
    int start = from;
    while (start < head.length() && "\"' ".indexOf(head.charAt(start)) >= 0) {
      start++;
    }
    int end = start;
    while (end < head.length() && "\"' ;/>?".indexOf(head.charAt(end)) < 0) {
      end++;
    }
    try {
      String name = head.substring(start, end);
      // What is called Latin-1 is windows-1252, as in every browser.
      boolean latin = name.equals("iso-8859-1") || name.equals("us-ascii");
      boolean wide = name.startsWith("utf-16");
      return latin ? WESTERN : wide ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
