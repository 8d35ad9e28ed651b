package dev.sandpiper.edge.channel.text;

import java.util.BitSet;
import java.util.function.UnaryOperator;

/// Words that are cut letter by letter: code, whose line breaks are kept, and plain words.
final class Letters implements Material {
  private final String words;
  private final BitSet boundaries;
  private final boolean code;
  private final UnaryOperator<String> maker;

  private Letters(String words, boolean code, UnaryOperator<String> maker) {
    this.words = words;
    this.boundaries = Graphemes.boundaries(words);
    this.code = code;
    this.maker = maker;
  }

  /// Code in a fence that is closed and opened again.
  ///
  /// @param info what stands after the fence, such as the language
  static Letters code(String literal, String info) {
    int ticks = 3;
    int run = 0;
    for (int i = 0; i < literal.length(); i++) {
      run = literal.charAt(i) == '`' ? run + 1 : 0;
      ticks = Math.max(ticks, run + 1);
    }
    String fence = "`".repeat(ticks);
    // An info string with a backtick in it cannot stand after backticks.
    String opening = fence + (info.indexOf('`') >= 0 ? "" : info) + "\n";
    return new Letters(
        literal, true, part -> opening + part + (part.endsWith("\n") ? "" : "\n") + fence);
  }

  /// Words without any style.
  static Letters plain(String words) {
    return new Letters(words, false, Markdown::escape);
  }

  @Override
  public String words() {
    return words;
  }

  @Override
  public boolean divisible(int index) {
    return boundaries.get(index);
  }

  @Override
  public boolean parts(int index) {
    return false;
  }

  @Override
  public int next(int cut) {
    int index = cut;
    while (!code
        && index < words.length()
        && Character.isWhitespace(words.charAt(index))
        && divisible(index + 1)) {
      index++;
    }
    boolean atBreak = code && cut > 0 && words.charAt(cut - 1) != '\n';
    return atBreak && cut < words.length() && words.charAt(cut) == '\n' ? cut + 1 : index;
  }

  @Override
  public String piece(int from, int to) {
    return maker.apply(words.substring(from, to));
  }
}
