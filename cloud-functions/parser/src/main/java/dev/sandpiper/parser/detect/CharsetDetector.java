package dev.sandpiper.parser.detect;

import dev.sandpiper.parser.task.ByteSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/// Finds the charset of text that does not declare one: byte order mark, then UTF-8 validity, then
/// the zero bytes of UTF-16, then letter statistics.
///
/// Charsets that a format declares (XML, HTML, mail) are for its reader; this is what to use when
/// there is none.
public final class CharsetDetector {

  private static final int SAMPLE = 64 << 10;
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private CharsetDetector() {}

  /// The charset of some bytes, the beginning of a text or all of it.
  public static Charset detect(byte[] bytes) {
    Charset marked = byteOrderMark(bytes);
    if (marked != null) {
      return marked;
    }
    Charset wide = wideWithoutMark(bytes);
    if (wide != null) {
      return wide;
    }
    Utf8Scan scan = new Utf8Scan();
    scan.feed(bytes, bytes.length);
    return scan.isUtf8() ? StandardCharsets.UTF_8 : statistics(bytes);
  }

  /// The charset of a whole document. All of it is read, because one late byte can tell UTF-8 and a
  /// national charset apart.
  public static Charset detect(ByteSource source) throws IOException {
    byte[] head = source.head(SAMPLE);
    Charset marked = byteOrderMark(head);
    Charset certain = marked == null ? wideWithoutMark(head) : marked;
    if (certain != null) {
      return certain;
    }
    Utf8Scan scan = new Utf8Scan();
    byte[] telling = head;
    try (InputStream in = source.open()) {
      byte[] buffer = new byte[SAMPLE];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        boolean wasClean = scan.invalid() == 0;
        scan.feed(buffer, n);
        if (wasClean && scan.invalid() > 0) {
          telling = Arrays.copyOf(buffer, n);
        }
      }
    }
    return scan.isUtf8() ? StandardCharsets.UTF_8 : statistics(telling);
  }

  /// Opens a document as text in its detected charset, without its byte order mark. Bytes that are
  /// wrong in that charset become U+FFFD.
  public static Reader open(ByteSource source) throws IOException {
    Charset charset = detect(source);
    InputStream in = source.open();
    Reader reader = new BufferedReader(new InputStreamReader(in, charset), SAMPLE);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  /// Decodes bytes in their detected charset, without a byte order mark.
  public static String decode(byte[] bytes) {
    String text = new String(bytes, detect(bytes));
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static @Nullable Charset byteOrderMark(byte[] b) {
    if (startsWith(b, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (startsWith(b, 0xFF, 0xFE, 0, 0)) {
      return StandardCharsets.UTF_32LE;
    }
    if (startsWith(b, 0, 0, 0xFE, 0xFF)) {
      return StandardCharsets.UTF_32BE;
    }
    if (startsWith(b, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    return startsWith(b, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
  }

  /// UTF-16 of mostly Latin text has a zero in every other byte; other text has no zeros at all.
  private static @Nullable Charset wideWithoutMark(byte[] bytes) {
    int[] zeros = new int[2];
    int n = Math.min(bytes.length, 4096) & ~1;
    for (int i = 0; i < n; i++) {
      if (bytes[i] == 0) {
        zeros[i & 1]++;
      }
    }
    int many = Math.max(2, n / 4);
    int few = n / 40;
    if (zeros[1] >= many && zeros[0] <= few) {
      return StandardCharsets.UTF_16LE;
    }
    return zeros[0] >= many && zeros[1] <= few ? StandardCharsets.UTF_16BE : null;
  }

  private static Charset statistics(byte[] bytes) {
    UniversalDetector detector = new UniversalDetector();
    detector.handleData(bytes, 0, bytes.length);
    detector.dataEnd();
    Charset found = named(detector.getDetectedCharset());
    return isLatinLetters(bytes) && !isLatin(found) ? WESTERN : found;
  }

  private static boolean isLatin(Charset charset) {
    return switch (charset.name()) {
      case "windows-1250",
          "windows-1252",
          "windows-1254",
          "windows-1257",
          "ISO-8859-2",
          "ISO-8859-3",
          "ISO-8859-4",
          "ISO-8859-9",
          "ISO-8859-10",
          "ISO-8859-13",
          "ISO-8859-15",
          "ISO-8859-16" ->
          true;
      default -> false;
    };
  }

  /// Statistics mistake short texts with a few accents for other scripts. Those use letters beyond
  /// ASCII in nearly every place, or in pairs; Latin ones here and there.
  private static boolean isLatinLetters(byte[] bytes) {
    int visible = 0;
    int high = 0;
    int run = 0;
    int longest = 0;
    for (byte b : bytes) {
      run = b < 0 ? run + 1 : 0;
      high += b < 0 ? 1 : 0;
      visible += b < 0 || b > ' ' ? 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest <= 2 && high * 5L < visible;
  }

  /// The superset that programs really write when they claim the name. What cannot be UTF-8 and is
  /// not told apart is Western: it decodes every byte.
  private static Charset named(@Nullable String name) {
    if (name == null) {
      return WESTERN;
    }
    String better =
        switch (name.toUpperCase(Locale.ROOT)) {
          case "ISO-8859-1", "US-ASCII", "UTF-8" -> "windows-1252";
          case "GB2312", "GBK", "HZ-GB-2312" -> "GB18030";
          case "SHIFT_JIS" -> "windows-31j";
          case "EUC-KR" -> "x-windows-949";
          default -> name;
        };
    try {
      return Charset.isSupported(better) ? Charset.forName(better) : WESTERN;
    } catch (IllegalArgumentException e) {
      return WESTERN;
    }
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
