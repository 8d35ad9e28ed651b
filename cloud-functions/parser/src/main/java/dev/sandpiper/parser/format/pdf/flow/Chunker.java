package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.format.pdf.page.PageItem.Line;
import dev.sandpiper.parser.format.pdf.page.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups the lines of one column into chunks.
final class Chunker {

  private static final float WIDER_PITCH = 1.3f;
  private static final float SAME_SIZE = 0.08f;
  private static final float RAGGED = 0.12f;
  private static final float SHIFT = 0.8f;
  private static final float SAME_LEFT = 0.3f;

  private Chunker() {}

  static List<Chunk> chunks(int page, List<Line> lines) {
    Column column = Column.of(lines);
    List<Chunk> chunks = new ArrayList<>();
    @Nullable Chunk open = null;
    for (Line line : lines) {
      if (open != null && continues(open, line, column)) {
        open.add(line);
      } else {
        open = new Chunk(page, line);
        chunks.add(open);
      }
    }
    return chunks;
  }

  private static boolean continues(Chunk chunk, Line line, Column column) {
    Line last = chunk.last();
    float em = Math.max(last.size(), line.size());
    float pitch = line.baseline() - last.baseline();
    return Math.abs(last.size() - line.size()) <= SAME_SIZE * em
        && pitch <= WIDER_PITCH * column.pitch() * em
        && pitch > 0
        && sameWeight(chunk, line)
        && !beginsItem(chunk, line)
        && !begins(chunk, line, column);
  }

  /// Whether the line begins an item of a list. In the middle of a sentence a dash or a number at
  /// the start of a line is just that.
  private static boolean beginsItem(Chunk chunk, Line line) {
    ListMarker marker = ListMarker.of(line.text());
    if (marker == null) {
      return false;
    }
    String before = chunk.last().text().stripTrailing();
    boolean inSentence =
        marker.isDoubtful()
            && ListMarker.of(chunk.first().text()) == null
            && !Sentence.ends(before)
            && Math.abs(line.box().left() - chunk.last().box().left()) < SAME_LEFT * line.size();
    return !inSentence;
  }

  private static boolean sameWeight(Chunk chunk, Line line) {
    return Chunk.isAll(line, Style.BOLD) == chunk.isBold()
        && Chunk.isAll(line, Style.MONO) == chunk.isAll(Style.MONO);
  }

  /// Whether the line's indent, or the rest of the line before it, says that it begins a paragraph.
  private static boolean begins(Chunk chunk, Line line, Column column) {
    Line last = chunk.last();
    float shift = line.box().left() - last.box().left();
    boolean marked = ListMarker.of(chunk.first().text()) != null;
    if (marked) {
      return shift < -SHIFT * line.size()
          && line.box().left() < chunk.first().box().left() + SHIFT * line.size();
    }
    boolean lastIsShort = last.box().right() < column.right() - RAGGED * width(column);
    boolean sentenceEnds = Sentence.ends(last.text());
    if (column.hanging()) {
      return !column.isIndented(line) && column.isIndented(last) && shift < 0;
    }
    boolean indents = shift > SHIFT * line.size() && !isCentered(last, line);
    boolean startsBody = chunk.lines().size() > 1 && !column.isIndented(last);
    return (indents && (sentenceEnds || startsBody))
        || (lastIsShort && sentenceEnds && Sentence.begins(line.text()));
  }

  private static boolean isCentered(Line a, Line b) {
    float middleA = a.box().left() + a.box().right();
    float middleB = b.box().left() + b.box().right();
    return Math.abs(middleA - middleB) < a.size();
  }

  private static float width(Column column) {
    return column.right() - column.left();
  }
}
