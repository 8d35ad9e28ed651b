package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.task.ParseBudget;
import java.util.HashSet;
import java.util.Set;
import org.apache.pdfbox.cos.COSStream;

/// Bounds what the content of one page may make the reader do.
final class PageGuard {

  private static final int MOST_OPERATORS = 2_000_000;
  private static final int MOST_GLYPHS = 1_000_000;
  private static final int MOST_CONTENT_BYTES = 64 << 20;
  private static final int DEEPEST_FORM = 12;
  private static final int MOST_FORMS = 20_000;
  private static final int MOST_BYTES_OF_OPERANDS = 4 << 20;
  private static final int DEADLINE_EVERY = 4096;

  private final ParseBudget budget;
  private final Set<COSStream> open = new HashSet<>();
  private int operators;
  private int glyphs;
  private int forms;
  private long bytes;
  private long bytesAtOperator;

  PageGuard(ParseBudget budget) {
    this.budget = budget;
  }

  void countOperator() {
    bytesAtOperator = bytes;
    if (++operators % DEADLINE_EVERY == 0) {
      budget.checkDeadline();
    }
    if (operators > MOST_OPERATORS) {
      throw new PageStopped("its content has more than 2 million operators");
    }
  }

  void countGlyph() {
    if (++glyphs % DEADLINE_EVERY == 0) {
      budget.checkDeadline();
    }
    if (glyphs > MOST_GLYPHS) {
      throw new PageStopped("it shows more than a million characters");
    }
  }

  void countContent(int count) {
    bytes += count;
    budget.spendDecompressed(count);
    budget.checkDeadline();
    if (bytes > MOST_CONTENT_BYTES) {
      throw new PageStopped("its content expands to more than 64 MB");
    }
    if (bytes - bytesAtOperator > MOST_BYTES_OF_OPERANDS) {
      throw new PageStopped("one of its operators has more than 4 MB of operands");
    }
  }

  /// Enters a form; `false` when it is nested too deeply, in itself, or one too many.
  boolean enterForm(COSStream form) {
    if (open.size() >= DEEPEST_FORM || ++forms > MOST_FORMS) {
      return false;
    }
    return open.add(form);
  }

  void leaveForm(COSStream form) {
    open.remove(form);
  }
}
