package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.format.pdf.page.PageItem;
import dev.sandpiper.parser.format.pdf.page.PageRecord;
import dev.sandpiper.parser.format.pdf.page.Style;
import java.util.List;
import java.util.TreeMap;

/// What the body text of a document looks like.
///
/// @param size size that most characters have, in points
/// @param bold whether most of them are bold
/// @param mono whether most of them are monospaced
record FontProfile(float size, boolean bold, boolean mono) {

  private static final float STEP = 0.5f;
  private static final float DEFAULT_SIZE = 10;

  static FontProfile of(List<PageRecord> pages) {
    TreeMap<Integer, long[]> bySize = new TreeMap<>();
    for (PageRecord page : pages) {
      for (PageItem item : page.items()) {
        if (item instanceof PageItem.Line line) {
          count(line, bySize);
        }
      }
    }
    int bodySize = Math.round(DEFAULT_SIZE / STEP);
    long[] body = new long[3];
    for (var entry : bySize.entrySet()) {
      if (entry.getValue()[0] > body[0]) {
        bodySize = entry.getKey();
        body = entry.getValue();
      }
    }
    return new FontProfile(bodySize * STEP, 2 * body[1] > body[0], 2 * body[2] > body[0]);
  }

  private static void count(PageItem.Line line, TreeMap<Integer, long[]> bySize) {
    long[] counts = bySize.computeIfAbsent(Math.round(line.size() / STEP), _ -> new long[3]);
    for (PageItem.Run run : line.runs()) {
      int length = run.text().length();
      counts[0] += length;
      counts[1] += (run.style() & Style.BOLD) != 0 ? length : 0;
      counts[2] += (run.style() & Style.MONO) != 0 ? length : 0;
    }
  }
}
