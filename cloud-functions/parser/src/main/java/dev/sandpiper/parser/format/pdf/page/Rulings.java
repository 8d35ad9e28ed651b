package dev.sandpiper.parser.format.pdf.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Joins strokes drawn in pieces, and finds which of them form a lattice.
final class Rulings {

  private static final float SAME_LINE = 1.6f;
  private static final float SAME_STROKE = 3f;
  private static final float TOUCH = 3f;
  private static final int MOST_LINES = 1_500;

  private Rulings() {}

  /// Collinear strokes that touch, joined.
  static List<Ruling> joined(List<Ruling> rulings, boolean horizontal) {
    List<Ruling> sorted = new ArrayList<>();
    for (Ruling ruling : rulings) {
      if (ruling.horizontal() == horizontal) {
        sorted.add(ruling);
      }
    }
    sorted.sort(Comparator.comparingDouble(Ruling::at));
    List<Ruling> joined = new ArrayList<>();
    for (int i = 0; i < sorted.size(); ) {
      int end = i + 1;
      while (end < sorted.size() && sorted.get(end).at() - sorted.get(end - 1).at() <= SAME_LINE) {
        end++;
      }
      joinLine(sorted.subList(i, end), joined);
      i = end;
    }
    return joined.size() > MOST_LINES ? joined.subList(0, MOST_LINES) : joined;
  }

  private static void joinLine(List<Ruling> line, List<Ruling> joined) {
    List<Ruling> sorted = new ArrayList<>(line);
    sorted.sort(Comparator.comparingDouble(Ruling::from));
    Ruling open = sorted.getFirst();
    for (Ruling next : sorted.subList(1, sorted.size())) {
      if (next.from() <= open.to() + SAME_STROKE) {
        open =
            new Ruling(open.horizontal(), open.at(), open.from(), Math.max(open.to(), next.to()));
      } else {
        joined.add(open);
        open = next;
      }
    }
    joined.add(open);
  }

  /// Groups of strokes that touch each other.
  static List<List<Ruling>> lattices(List<Ruling> horizontals, List<Ruling> verticals) {
    List<Ruling> all = new ArrayList<>(horizontals);
    all.addAll(verticals);
    int[] parent = new int[all.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    for (int h = 0; h < horizontals.size(); h++) {
      for (int v = 0; v < verticals.size(); v++) {
        if (touch(horizontals.get(h), verticals.get(v))) {
          parent[root(parent, h)] = root(parent, horizontals.size() + v);
        }
      }
    }
    List<List<Ruling>> groups = new ArrayList<>();
    for (int i = 0; i < parent.length; i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < parent.length; i++) {
      groups.get(root(parent, i)).add(all.get(i));
    }
    groups.removeIf(group -> group.size() < 4);
    return groups;
  }

  private static boolean touch(Ruling h, Ruling v) {
    return v.at() >= h.from() - TOUCH
        && v.at() <= h.to() + TOUCH
        && h.at() >= v.from() - TOUCH
        && h.at() <= v.to() + TOUCH;
  }

  private static int root(int[] parent, int i) {
    int root = i;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }
}
