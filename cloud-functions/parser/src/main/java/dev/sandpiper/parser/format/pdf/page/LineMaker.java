package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a [PageItem.Line] of the words on one line.
final class LineMaker {

  private LineMaker() {}

  /// A line of segments from left to right.
  static PageItem.Line line(List<Segment> row, int column, Direction direction) {
    List<Word> words = new ArrayList<>();
    row.forEach(segment -> words.addAll(segment.words()));
    return ofWords(words, column, direction);
  }

  static PageItem.Line ofWords(List<Word> logical, int column, Direction direction) {
    List<Word> words = RightToLeft.inReadingOrder(logical);
    Box box = words.getFirst().box();
    for (Word word : words) {
      box = box.union(word.box());
    }
    Word main = mainWord(words);
    return new PageItem.Line(
        Hundredths.round(direction.onPage(box)),
        Hundredths.round(main.baseline()),
        Hundredths.round(main.size()),
        column,
        runs(words));
  }

  /// A word of the size that most characters have.
  private static Word mainWord(List<Word> words) {
    Map<Integer, Integer> votes = new HashMap<>();
    Word main = words.getFirst();
    int most = 0;
    for (Word word : words) {
      int count = votes.merge(Hundredths.of(word.size()), word.text().length(), Integer::sum);
      if (count > most) {
        most = count;
        main = word;
      }
    }
    return main;
  }

  private static List<PageItem.Run> runs(List<Word> words) {
    List<PageItem.Run> runs = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    @Nullable Word open = null;
    for (Word word : words) {
      if (open != null && !(open.style() == word.style() && sameLink(open, word))) {
        if (!word.glued()) {
          text.append(' ');
        }
        runs.add(new PageItem.Run(text.toString(), open.style(), open.link()));
        text.setLength(0);
      } else if (open != null && !word.glued()) {
        text.append(' ');
      }
      text.append(word.text());
      open = word;
    }
    if (open != null) {
      runs.add(new PageItem.Run(text.toString(), open.style(), open.link()));
    }
    return runs;
  }

  private static boolean sameLink(Word a, Word b) {
    String link = a.link();
    return link == null ? b.link() == null : link.equals(b.link());
  }
}
