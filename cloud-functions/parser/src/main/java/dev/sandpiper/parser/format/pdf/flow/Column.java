package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.format.pdf.page.PageItem.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The shape of one column of a page: its edges, its line pitch, and how its paragraphs begin.
///
/// @param pitch usual distance of baselines, in ems
/// @param hanging whether paragraphs begin left of their other lines
record Column(float left, float right, float pitch, boolean hanging) {

  private static final float DEFAULT_PITCH = 1.25f;
  private static final float WIDEST_PITCH = 2.5f;
  private static final float INDENT = 0.8f;

  static Column of(List<Line> lines) {
    float left = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    for (Line line : lines) {
      left = Math.min(left, line.box().left());
      right = Math.max(right, line.box().right());
    }
    int indented = 0;
    for (Line line : lines) {
      indented += line.box().left() > left + INDENT * line.size() ? 1 : 0;
    }
    return new Column(left, right, pitch(lines), 2 * indented > lines.size());
  }

  boolean isIndented(Line line) {
    return line.box().left() > left + INDENT * line.size();
  }

  private static float pitch(List<Line> lines) {
    List<Float> pitches = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      Line above = lines.get(i - 1);
      Line below = lines.get(i);
      float pitch = (below.baseline() - above.baseline()) / Math.max(1, below.size());
      if (pitch > 0.5f && pitch < WIDEST_PITCH && Math.abs(above.size() - below.size()) < 1) {
        pitches.add(pitch);
      }
    }
    if (pitches.isEmpty()) {
      return DEFAULT_PITCH;
    }
    Float[] sorted = pitches.toArray(new Float[0]);
    Arrays.sort(sorted);
    return sorted[sorted.length / 3];
  }
}
