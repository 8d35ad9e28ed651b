package dev.sandpiper.edge.channel.text;

/// Something long that is to be cut.
interface Material {

  /// The words in it.
  String words();

  /// Whether the words may be cut before a character: not inside a grapheme cluster.
  boolean divisible(int index);

  /// Whether a cut there would part what had better stay together, such as a link.
  boolean parts(int index);

  /// Where the next piece begins after a cut.
  int next(int cut);

  /// Markdown for the words from one place to another.
  String piece(int from, int to);
}
