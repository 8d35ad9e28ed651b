package dev.sandpiper.edge.llm.prompts;

import java.util.ArrayList;
import java.util.List;

/// What differs between two texts, line by line, in the form of `diff -u`.
public final class TextDiff {

  private static final int CONTEXT = 3;

  /// Lines compared; more are cut off. The comparison takes their square.
  private static final int MOST_LINES = 2_000;

  private TextDiff() {}

  private enum Kind {
    SAME(' '),
    OLD('-'),
    NEW('+');

    private final char sign;

    Kind(char sign) {
      this.sign = sign;
    }
  }

  private record Line(Kind kind, String text) {}

  /// The differing lines with three lines around them; empty when nothing differs.
  public static List<String> unified(
      String oldName, String oldText, String newName, String newText) {
    List<Line> lines =
        script(
            oldText.lines().limit(MOST_LINES).toList(), newText.lines().limit(MOST_LINES).toList());
    if (lines.stream().allMatch(line -> line.kind() == Kind.SAME)) {
      return List.of();
    }
    List<String> out = new ArrayList<>(List.of("--- " + oldName, "+++ " + newName));
    int at = 0;
    while (at < lines.size()) {
      int first = nextChange(lines, at);
      if (first == lines.size()) {
        break;
      }
      int begin = Math.max(at, first - CONTEXT);
      int end = hunkEnd(lines, first);
      hunk(lines, begin, end, out);
      at = end;
    }
    return out;
  }

  private static int nextChange(List<Line> lines, int from) {
    int at = from;
    while (at < lines.size() && lines.get(at).kind() == Kind.SAME) {
      at++;
    }
    return at;
  }

  /// Changes that are near each other share a hunk.
  private static int hunkEnd(List<Line> lines, int firstChange) {
    int last = firstChange;
    int next = firstChange;
    while (next < lines.size() && next - last <= 2 * CONTEXT) {
      last = next;
      next = nextChange(lines, next + 1);
    }
    return Math.min(lines.size(), last + 1 + CONTEXT);
  }

  private static void hunk(List<Line> lines, int begin, int end, List<String> out) {
    out.add(
        "@@ -%s +%s @@"
            .formatted(range(lines, begin, end, Kind.NEW), range(lines, begin, end, Kind.OLD)));
    lines.subList(begin, end).forEach(line -> out.add(line.kind().sign + line.text()));
  }

  /// Where the hunk is in one of the texts: lines of the kind `not` are not in it.
  private static String range(List<Line> lines, int begin, int end, Kind not) {
    long before = lines.subList(0, begin).stream().filter(line -> line.kind() != not).count();
    long count = lines.subList(begin, end).stream().filter(line -> line.kind() != not).count();
    return (count == 0 ? before : before + 1) + (count == 1 ? "" : "," + count);
  }

  /// The shortest way from one to the other, by the longest common subsequence.
  private static List<Line> script(List<String> from, List<String> to) {
    int[][] common = new int[from.size() + 1][to.size() + 1];
    for (int i = from.size() - 1; i >= 0; i--) {
      for (int j = to.size() - 1; j >= 0; j--) {
        common[i][j] =
            from.get(i).equals(to.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < from.size() || j < to.size()) {
      if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
        lines.add(new Line(Kind.SAME, from.get(i)));
        i++;
        j++;
      } else if (j == to.size() || (i < from.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Kind.OLD, from.get(i++)));
      } else {
        lines.add(new Line(Kind.NEW, to.get(j++)));
      }
    }
    return lines;
  }
}
