package dev.sandpiper.parser.format.pdf.page;

/// One shown character, in the upright frame of its writing direction: x grows along the line, y
/// downwards.
///
/// @param text what it reads as; usually one character, several for a ligature
/// @param start where it begins on the line
/// @param end where the next one is expected
/// @param baseline y of the line it stands on
/// @param size height of the em square, in points
/// @param space gap from which on a word ends, in points
record Glyph(
    String text, float start, float end, float baseline, float size, float space, FontTraits font) {

  boolean isBlank() {
    return text.isBlank();
  }
}
