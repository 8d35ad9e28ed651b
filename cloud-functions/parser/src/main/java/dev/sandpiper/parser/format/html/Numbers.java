package dev.sandpiper.parser.format.html;

/// Numbers in attributes, which hold anything.
final class Numbers {

  private Numbers() {}

  /// The number, held between the bounds; `fallback` when there is none.
  static int read(String value, int least, int most, int fallback) {
    try {
      return Math.clamp(Long.parseLong(value.strip()), least, most);
    } catch (NumberFormatException e) {
      return fallback;
    }
  }
}
