package dev.sandpiper.edge.channel;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text that is shown as it is: at a line when there is one, never inside a character.
/// Joined, the pieces are the text.
public final class PlainPieces {

  private PlainPieces() {}

  /// @param longest most characters (UTF-16 units) of a piece, at least 2
  public static List<String> cut(String text, int longest) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (text.length() - from > longest) {
      int line = text.lastIndexOf('\n', from + longest - 1) + 1;
      int to = line > from ? line : from + longest;
      if (Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    pieces.add(text.substring(from));
    return pieces;
  }
}
