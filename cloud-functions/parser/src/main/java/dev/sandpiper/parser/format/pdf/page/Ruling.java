package dev.sandpiper.parser.format.pdf.page;

/// A straight horizontal or vertical stroke.
///
/// @param at y of a horizontal, x of a vertical one
/// @param from smaller end
/// @param to larger end
record Ruling(boolean horizontal, float at, float from, float to) {

  float length() {
    return to - from;
  }
}
