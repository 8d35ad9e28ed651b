package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.format.pdf.page.PageItem.Line;

/// Monospaced lines with their indents.
final class CodeText {

  private static final float CHARACTER = 0.6f;
  private static final int WIDEST_INDENT = 80;

  private CodeText() {}

  static String of(Chunk chunk) {
    float left = chunk.box().left();
    StringBuilder text = new StringBuilder();
    for (Line line : chunk.lines()) {
      int indent = Math.round((line.box().left() - left) / (CHARACTER * Math.max(1, line.size())));
      text.append(text.isEmpty() ? "" : "\n")
          .append(" ".repeat(Math.clamp(indent, 0, WIDEST_INDENT)))
          .append(line.text());
    }
    return text.toString();
  }
}
