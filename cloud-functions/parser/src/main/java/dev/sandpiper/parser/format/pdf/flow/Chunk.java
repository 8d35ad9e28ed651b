package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.pdf.page.PageItem.Line;
import dev.sandpiper.parser.format.pdf.page.PageItem.Run;
import dev.sandpiper.parser.format.pdf.page.Style;
import java.util.ArrayList;
import java.util.List;

/// Lines that belong together: a paragraph, a heading, an item of a list.
final class Chunk {

  private final int page;
  private final List<Line> lines = new ArrayList<>();

  Chunk(int page, Line line) {
    this.page = page;
    lines.add(line);
  }

  int page() {
    return page;
  }

  List<Line> lines() {
    return lines;
  }

  Line first() {
    return lines.getFirst();
  }

  Line last() {
    return lines.getLast();
  }

  float size() {
    return first().size();
  }

  void add(Line line) {
    lines.add(line);
  }

  Box box() {
    Box box = first().box();
    for (Line line : lines) {
      box = box.union(line.box());
    }
    return box;
  }

  SourceSpan span() {
    return new SourceSpan.OnPage(page, box());
  }

  String plain() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(text.isEmpty() ? "" : " ").append(line.text());
    }
    return text.toString();
  }

  boolean isAll(int style) {
    return lines.stream().allMatch(line -> isAll(line, style));
  }

  /// Whether all letters and digits of a line are in a style; punctuation counts where there is
  /// nothing else.
  static boolean isAll(Line line, int style) {
    boolean words = line.runs().stream().anyMatch(run -> hasWord(run.text()));
    for (Run run : line.runs()) {
      if ((run.style() & style) == 0 && (!words || hasWord(run.text()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasWord(String text) {
    return text.chars().anyMatch(Character::isLetterOrDigit);
  }

  boolean isBold() {
    return isAll(Style.BOLD);
  }
}
