package dev.sandpiper.parser.format.text;

import java.util.HashSet;
import java.util.List;

/// Tells whether the first record of a table names its columns.
final class HeaderRow {

  /// How many records are looked at.
  static final int SAMPLE = 20;

  private static final int LONGEST_NAME = 80;

  private HeaderRow() {}

  /// A header has only distinct short words in it. Either some column has numbers below its word,
  /// or there is nothing that speaks against it.
  static boolean isHeader(List<List<String>> records) {
    if (records.size() < 2) {
      return false;
    }
    List<String> first = records.getFirst();
    HashSet<String> seen = new HashSet<>();
    for (String name : first) {
      if (name.isBlank()
          || name.length() > LONGEST_NAME
          || isNumber(name)
          || !seen.add(name.strip())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String text) {
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        digit = true;
      } else if (" +-.,:/%$€£eE".indexOf(c) < 0) {
        return false;
      }
    }
    return digit;
  }
}
