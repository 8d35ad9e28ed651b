package dev.sandpiper.parser.format.rtf;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The character sets RTF names by number.
final class CodePages {

  static final Charset WESTERN = named("windows-1252");

  private CodePages() {}

  /// The set of an `\ansicpg` number.
  static Charset page(int number) {
    return switch (number) {
      case 932 -> named("windows-31j");
      case 936 -> named("GBK");
      case 949 -> named("x-windows-949");
      case 950 -> named("x-windows-950");
      case 10000 -> named("x-MacRoman");
      case 65001 -> StandardCharsets.UTF_8;
      case 437, 850, 852, 855, 857, 860, 861, 862, 863, 865, 866, 869 -> named("IBM" + number);
      default -> number >= 1250 && number <= 1258 ? named("windows-" + number) : WESTERN;
    };
  }

  /// The set of a font's `\fcharset` number; `fallback` where the font does not say.
  static Charset font(int number, Charset fallback) {
    return switch (number) {
      case 77 -> named("x-MacRoman");
      case 128 -> page(932);
      case 129 -> page(949);
      case 134 -> page(936);
      case 136 -> page(950);
      case 161 -> page(1253);
      case 162 -> page(1254);
      case 163 -> page(1258);
      case 177 -> page(1255);
      case 178 -> page(1256);
      case 186 -> page(1257);
      case 204 -> page(1251);
      case 222 -> named("x-windows-874");
      case 238 -> page(1250);
      default -> fallback;
    };
  }

  private static Charset named(String name) {
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
  }
}
