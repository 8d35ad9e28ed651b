package dev.sandpiper.edge.ask;

/// How many tokens a text takes, estimated on the high side: models count differently.
final class Tokenizing {
  private static final double LATIN = 3.2;

  private Tokenizing() {}

  static int estimate(String text) {
    long plain = text.chars().filter(c -> c < 0x80).count();
    return (int) Math.ceil(plain / LATIN + (text.length() - plain) * 0.9);
  }
}
