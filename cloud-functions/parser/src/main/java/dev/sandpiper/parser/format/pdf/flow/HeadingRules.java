package dev.sandpiper.parser.format.pdf.flow;

import java.util.List;
import java.util.TreeSet;

/// Tells headings from paragraphs by size, weight and length, and ranks them by size.
final class HeadingRules {

  private static final float LARGER = 1.12f;
  private static final float AS_LARGE = 0.95f;
  private static final int MOST_LINES = 4;
  private static final int MOST_BOLD_LINES = 2;
  private static final int MOST_CHARACTERS = 200;
  private static final int DEEPEST = 6;
  private static final float STEP = 0.5f;

  private final FontProfile body;
  private final TreeSet<Integer> sizes = new TreeSet<>((a, b) -> Integer.compare(b, a));

  HeadingRules(FontProfile body, List<Chunk> chunks) {
    this.body = body;
    for (Chunk chunk : chunks) {
      if (isHeading(chunk)) {
        sizes.add(rank(chunk));
      }
    }
  }

  boolean isHeading(Chunk chunk) {
    String text = chunk.plain().strip();
    if (text.length() > MOST_CHARACTERS || chunk.lines().size() > MOST_LINES || !isTitle(text)) {
      return false;
    }
    boolean larger = chunk.size() >= LARGER * body.size();
    boolean bold =
        chunk.isBold()
            && !body.bold()
            && chunk.size() >= AS_LARGE * body.size()
            && chunk.lines().size() <= MOST_BOLD_LINES;
    return larger || bold;
  }

  /// The level of a heading: 1 for the largest.
  int level(Chunk heading) {
    return Math.min(DEEPEST, 1 + sizes.headSet(rank(heading)).size());
  }

  private static int rank(Chunk chunk) {
    return Math.round(chunk.size() / STEP);
  }

  private static boolean isTitle(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    ListMarker marker = ListMarker.of(text);
    boolean bullet = marker != null && !marker.isNumber();
    return letters >= 2
        && letters * 2 >= text.codePoints().filter(c -> c != ' ').count()
        && last != '.'
        && last != ','
        && last != ';'
        && !bullet;
  }
}
