package dev.sandpiper.edge.channel.text;

/// A part of a message that is not cut any more.
///
/// @param gap what stands between it and the part before it
/// @param heads whether it is a heading, which stays with what follows it
record Atom(String markdown, String gap, boolean heads) {

  static final String PARAGRAPH = "\n\n";

  static Atom of(String markdown) {
    return new Atom(markdown, PARAGRAPH, false);
  }
}
