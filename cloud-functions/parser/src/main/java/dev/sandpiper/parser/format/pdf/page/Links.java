package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.List;

/// Gives words the target of the link area they stand in.
final class Links {

  private static final int MOST_LINKS = 1_000;

  private Links() {}

  static void apply(List<Annotations.Link> links, List<Word> words) {
    List<Annotations.Link> few = links.subList(0, Math.min(links.size(), MOST_LINKS));
    if (few.isEmpty()) {
      return;
    }
    words.replaceAll(word -> {
      for (Annotations.Link link : few) {
        if (contains(link.box(), word)) {
          return word.withLink(link.target());
        }
      }
      return word;
    });
  }

  private static boolean contains(Box box, Word word) {
    return word.centerX() >= box.left()
        && word.centerX() <= box.right()
        && word.centerY() >= box.top()
        && word.centerY() <= box.bottom();
  }
}
