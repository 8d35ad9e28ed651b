package dev.sandpiper.parser.detect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Formats that begin with bytes of their own.
final class Magic {

  private static final int PDF_JUNK = 1024;
  private static final int TAR_BLOCK = 512;
  private static final int TAR_CHECKSUM = 148;

  private record Signature(int offset, String latin1, String what) {
    boolean matches(byte[] head) {
      return at(head, offset, latin1);
    }
  }

  /// What people send that is no document, so that the answer can name it.
  private static final List<Signature> FOREIGN =
      List.of(
          new Signature(0, "7z\u00BC\u00AF'\u001C", "a 7-Zip archive"),
          new Signature(0, "Rar!\u001A\u0007", "a RAR archive"),
          new Signature(0, "BZh", "a bzip2 file"),
          new Signature(0, "\u00FD7zXZ\0", "an XZ file"),
          new Signature(0, "(\u00B5/\u00FD", "a Zstandard file"),
          new Signature(0, "\u007FELF", "a Linux program"),
          new Signature(0, "MZ", "a Windows program"),
          new Signature(0, "\u00CA\u00FE\u00BA\u00BE", "a Java class or a macOS program"),
          new Signature(0, "SQLite format 3\0", "an SQLite database"),
          new Signature(0, "ID3", "an MP3 recording"),
          new Signature(0, "OggS", "an Ogg recording"),
          new Signature(0, "fLaC", "a FLAC recording"),
          new Signature(4, "ftyp", "an MP4, HEIC or QuickTime file"),
          new Signature(0, "\u001AE\u00DF\u00A3", "a Matroska or WebM video"),
          new Signature(8, "WAVE", "a WAV recording"),
          new Signature(8, "AVI ", "an AVI video"),
          new Signature(0, "wOFF", "a web font"),
          new Signature(0, "wOF2", "a web font"),
          new Signature(0, "\0\u0001\0\0\0", "a TrueType font"),
          new Signature(0, "OTTO", "an OpenType font"),
          new Signature(0, "PAR1", "a Parquet file"),
          new Signature(0, "8BPS", "a Photoshop picture"),
          new Signature(0, "AT&TFORM", "a DjVu document"),
          new Signature(0, "\0\0\u0001\0", "an icon"),
          new Signature(0, "!BDN", "an Outlook mailbox (PST)"),
          new Signature(0, "ITSF", "a compiled help file (CHM)"),
          new Signature(0, "\u00FFWPC", "a WordPerfect document"),
          new Signature(0, "\t\b", "an Excel 4 or older worksheet"),
          new Signature(0, "\t\0\u0004\0", "an Excel 2 worksheet"),
          new Signature(0, "%!PS", "a PostScript document"));

  private Magic() {}

  static @Nullable Format format(byte[] head) {
    if (at(head, 0, "%PDF-") || (at(head, 0, "%!PS-Adobe-") && indexOf(head, "PDF-", 32) > 0)) {
      return Format.PDF;
    }
    if (at(head, 0, "{\\rtf")) {
      return Format.RTF;
    }
    if (at(head, 0, "\u001F\u008B\b")) {
      return Format.GZIP;
    }
    return image(head);
  }

  private static @Nullable Format image(byte[] head) {
    if (at(head, 0, "\u0089PNG\r\n\u001A\n")) {
      return Format.PNG;
    }
    if (at(head, 0, "\u00FF\u00D8\u00FF")) {
      return Format.JPEG;
    }
    if (at(head, 0, "GIF87a") || at(head, 0, "GIF89a")) {
      return Format.GIF;
    }
    if (at(head, 0, "II*\0")
        || at(head, 0, "MM\0*")
        || at(head, 0, "II+\0")
        || at(head, 0, "MM\0+")) {
      return Format.TIFF;
    }
    if (at(head, 0, "RIFF") && at(head, 8, "WEBP")) {
      return Format.WEBP;
    }
    return isBmp(head) ? Format.BMP : null;
  }

  /// "BM" alone is also how words begin: the size of the second header must be one that exists.
  private static boolean isBmp(byte[] head) {
    if (!at(head, 0, "BM") || head.length < 26 || head[15] != 0 || head[16] != 0 || head[17] != 0) {
      return false;
    }
    return switch (head[14] & 0xFF) {
      case 12, 16, 40, 52, 56, 64, 108, 124 -> true;
      default -> false;
    };
  }

  static boolean isOle2(byte[] head) {
    return at(head, 0, "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1");
  }

  static boolean isZip(byte[] head) {
    return at(head, 0, "PK\u0003\u0004")
        || at(head, 0, "PK\u0005\u0006")
        || at(head, 0, "PK\u0007\b");
  }

  static @Nullable String foreign(byte[] head) {
    for (Signature signature : FOREIGN) {
      if (signature.matches(head) && (signature.latin1().length() > 2 || !isPrintable(head))) {
        return signature.what();
      }
    }
    return null;
  }

  /// Two letters are not enough to call a text a program.
  private static boolean isPrintable(byte[] head) {
    for (int i = 0; i < Math.min(head.length, 64); i++) {
      if (head[i] >= 0 && head[i] < 8) {
        return false;
      }
    }
    return true;
  }

  /// Old archives have no name in the header, but every header has a checksum.
  static boolean isTar(byte[] head) {
    if (head.length < TAR_BLOCK || head[0] == 0) {
      return false;
    }
    long stated = 0;
    int digits = 0;
    for (int i = TAR_CHECKSUM; i < TAR_CHECKSUM + 8; i++) {
      if (head[i] >= '0' && head[i] <= '7') {
        stated = stated * 8 + head[i] - '0';
        digits++;
      } else if (head[i] != ' ' && head[i] != 0) {
        return false;
      }
    }
    long sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++) {
      boolean inField = i >= TAR_CHECKSUM && i < TAR_CHECKSUM + 8;
      sum += inField ? ' ' : head[i] & 0xFF;
    }
    return digits > 0 && sum == stated;
  }

  /// Mail gateways and web servers put lines before the document; readers accept it within 1 KiB.
  /// Objects must follow, so that a text about PDF stays a text.
  static boolean isPdfAfterJunk(byte[] head) {
    int start = indexOf(head, "%PDF-", PDF_JUNK);
    if (start >= 0) {
      return indexOf(head, " obj", head.length) > start || indexOf(head, "\0", head.length) >= 0;
    }
    int object = indexOf(head, " 0 obj", PDF_JUNK);
    return object >= 0 && indexOf(head, "<<", PDF_JUNK) > object;
  }

  private static int indexOf(byte[] head, String latin1, int limit) {
    byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
    int end = Math.min(head.length, limit) - expected.length;
    for (int i = 0; i <= end; i++) {
      if (head[i] == expected[0] && at(head, i, expected)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean at(byte[] head, int offset, String latin1) {
    return at(head, offset, latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean at(byte[] head, int offset, byte[] expected) {
    if (head.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (head[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
