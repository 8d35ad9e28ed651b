package dev.sandpiper.parser.format.pdf.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups words into segments: first in the order they were drawn, then neighbours on a line.
final class SegmentBuilder {

  private static final float GAP_IN_ORDER = 0.85f;
  private static final float GAP_OUT_OF_ORDER = 0.7f;
  private static final float OVERLAP = 0.35f;

  private SegmentBuilder() {}

  static List<Segment> segments(List<Word> words) {
    List<Segment> drawn = new ArrayList<>();
    Segment current = null;
    for (Word word : words) {
      if (current != null && follows(current, word)) {
        current.append(word);
      } else {
        current = new Segment(word);
        drawn.add(current);
      }
    }
    return merged(drawn);
  }

  private static boolean follows(Segment segment, Word word) {
    float em = Math.max(segment.size(), word.size());
    float gap = word.box().left() - segment.box().right();
    return gap <= GAP_IN_ORDER * em && gap >= -OVERLAP * em && segment.besides(word.box());
  }

  private static List<Segment> merged(List<Segment> drawn) {
    List<Segment> merged = new ArrayList<>();
    for (List<Segment> row : rows(drawn)) {
      @Nullable Segment last = null;
      for (Segment segment : row) {
        if (last != null && adjoins(last, segment)) {
          last.append(segment);
        } else {
          last = segment;
          merged.add(segment);
        }
      }
    }
    return merged;
  }

  private static boolean adjoins(Segment left, Segment right) {
    float em = Math.max(left.size(), right.size());
    float gap = right.box().left() - left.box().right();
    return gap <= GAP_OUT_OF_ORDER * em && gap >= -OVERLAP * em && left.besides(right.box());
  }

  /// Segments grouped by the line they stand on, from top to bottom, each from left to right.
  static List<List<Segment>> rows(List<Segment> segments) {
    List<Segment> sorted = new ArrayList<>(segments);
    sorted.sort(
        Comparator.comparingDouble(Segment::centerY).thenComparingDouble(s -> s.box().left()));
    List<List<Segment>> rows = new ArrayList<>();
    List<Segment> row = new ArrayList<>();
    for (Segment segment : sorted) {
      if (!row.isEmpty() && !row.getFirst().besides(segment.box())) {
        rows.add(row);
        row = new ArrayList<>();
      }
      row.add(segment);
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    rows.forEach(r -> r.sort(Comparator.comparingDouble(s -> s.box().left())));
    return rows;
  }
}
