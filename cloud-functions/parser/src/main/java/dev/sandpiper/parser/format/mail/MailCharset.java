package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.detect.CharsetDetector;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decodes text of mails, whose declared charset is often missing, misspelt or a lie.
final class MailCharset {

  private static final Charset WESTERN = Charset.forName("windows-1252");

  private MailCharset() {}

  static String decode(byte[] bytes, @Nullable String declared) {
    Charset charset = named(declared);
    if (charset != null) {
      return new String(bytes, charset);
    }
    return CharsetDetector.decode(bytes);
  }

  /// `null` for what says nothing: no charset, ASCII, UTF-8 (which is checked), an unknown name.
  private static @Nullable Charset named(@Nullable String declared) {
    if (declared == null) {
      return null;
    }
    try {
      return switch (declared.strip().toLowerCase(Locale.ROOT)) {
        case "", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit", "8bit", "7bit" -> null;
        case "iso-8859-1", "latin1" -> WESTERN;
        case "gb2312", "gbk" -> Charset.forName("GB18030");
        case "ks_c_5601-1987", "euc-kr" -> Charset.forName("x-windows-949");
        case "shift_jis" -> Charset.forName("windows-31j");
        default -> Charset.forName(declared.strip());
      };
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
