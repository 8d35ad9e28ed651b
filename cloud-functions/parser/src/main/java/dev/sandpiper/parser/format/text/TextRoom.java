package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ParseFailure;

/// Counts characters and cells against the budget. Running out ends the reading, not the document:
/// the first time is a warning.
final class TextRoom {

  private static final int BETWEEN_CHECKS = 4096;

  private final ParseContext context;
  private boolean full;
  private int calls;

  TextRoom(ParseContext context) {
    this.context = context;
  }

  /// Whether there was room for so many more characters and cells.
  ///
  /// @throws ParseFailure `DEADLINE` when the time is up
  boolean take(long characters, int cells) {
    if (full) {
      return false;
    }
    if (calls++ % BETWEEN_CHECKS == 0) {
      context.budget().checkDeadline();
    }
    try {
      context.budget().spendCharacters(characters);
      context.budget().spendCells(cells);
    } catch (ParseFailure e) {
      full = true;
      context.warn("truncated", "Only the beginning was read. " + e.getMessage(), null);
      return false;
    }
    return true;
  }

  boolean isFull() {
    return full;
  }
}
