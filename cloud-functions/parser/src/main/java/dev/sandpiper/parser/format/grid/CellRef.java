package dev.sandpiper.parser.format.grid;

import org.jspecify.annotations.Nullable;

/// The address of a cell, both parts 0-based.
public record CellRef(int row, int column) {

  public static final int COLUMNS = 16_384;
  public static final int ROWS = 1_048_576;

  /// Reads an address such as `B7`; `null` when it is none, or outside any sheet.
  public static @Nullable CellRef parse(String text) {
    int at = 0;
    int column = 0;
    int row = 0;
    while (at < text.length() && isLetter(text.charAt(at)) && column <= COLUMNS) {
      column = column * 26 + Character.toUpperCase(text.charAt(at)) - 'A' + 1;
      at++;
    }
    int digits = at;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0 && row <= ROWS) {
      row = row * 10 + Character.digit(text.charAt(at), 10);
      at++;
    }
    boolean whole = at == text.length() && digits > 0 && at > digits;
    return whole && row >= 1 && row <= ROWS && column <= COLUMNS
        ? new CellRef(row - 1, column - 1)
        : null;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  public String text() {
    StringBuilder letters = new StringBuilder();
    for (int left = column + 1; left > 0; left = (left - 1) / 26) {
      letters.insert(0, (char) ('A' + (left - 1) % 26));
    }
    return letters.toString() + (row + 1);
  }
}
