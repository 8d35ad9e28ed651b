package dev.sandpiper.parser.format.pdf.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Joins strokes drawn in pieces, and finds which of them form a lattice.
final class Rulings {

  private static final float SAME_LINE = 1.6f;
  private static final float SAME_STROKE = 3f;
  private static final float TOUCH = 3f;
  private static final float SHORTEST_RULE = 60f;
  private static final float SAME_END = 5f;
  private static final float TALLEST_STACK = 450f;
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
    return new ArrayList<>(joined.subList(0, Math.min(joined.size(), MOST_LINES)));
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

  /// Stacks of at least three horizontal strokes of equal extent, each from top to bottom.
  static List<List<Ruling>> stacks(List<Ruling> horizontals) {
    List<List<Ruling>> stacks = new ArrayList<>();
    for (Ruling ruling : horizontals) {
      if (ruling.length() >= SHORTEST_RULE) {
        stackFor(ruling, stacks).add(ruling);
      }
    }
    stacks.removeIf(stack -> stack.size() < 3);
    return stacks;
  }

  private static List<Ruling> stackFor(Ruling ruling, List<List<Ruling>> stacks) {
    for (List<Ruling> stack : stacks) {
      Ruling last = stack.getLast();
      if (Math.abs(last.from() - ruling.from()) <= SAME_END
          && Math.abs(last.to() - ruling.to()) <= SAME_END
          && ruling.at() - last.at() <= TALLEST_STACK) {
        return stack;
      }
    }
    List<Ruling> stack = new ArrayList<>();
    stacks.add(stack);
    return stack;
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
