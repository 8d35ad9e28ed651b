package dev.sandpiper.edge.channel.text;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where what a person takes for one character begins: a letter with its accents, a family of
/// emoji, a flag, a conjunct.
public final class Graphemes {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  private Graphemes() {}

  /// The offsets at which a cluster begins, and the text's length.
  public static BitSet boundaries(CharSequence text) {
    BitSet boundaries = new BitSet(text.length() + 1);
    Matcher clusters = CLUSTER.matcher(text);
    while (clusters.find()) {
      boundaries.set(clusters.start());
    }
    boundaries.set(text.length());
    return boundaries;
  }
}
