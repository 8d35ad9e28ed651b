package dev.sandpiper.parser.task;

import java.util.function.BooleanSupplier;

/// What is left of the [ParseLimits] for one top-level document; shared with every document nested
/// in it.
///
/// Not safe for use by several threads.
public final class ParseBudget {

  private final ParseLimits limits;
  private final BooleanSupplier deadlinePassed;
  private long decompressed;
  private long cells;
  private long characters;

  public ParseBudget(ParseLimits limits, BooleanSupplier deadlinePassed) {
    this.limits = limits;
    this.deadlinePassed = deadlinePassed;
  }

  /// The limits this budget began with.
  public ParseLimits limits() {
    return limits;
  }

  /// Spends decompressed bytes.
  ///
  /// @throws ParseFailure `OVER_LIMIT` when they are used up
  public void spendDecompressed(long bytes) {
    decompressed += bytes;
    require(decompressed, limits.maxDecompressedBytes(), "bytes after decompression");
  }

  /// Spends table or sheet cells.
  ///
  /// @throws ParseFailure `OVER_LIMIT` when they are used up
  public void spendCells(long count) {
    cells += count;
    require(cells, limits.maxCells(), "table cells");
  }

  /// Spends characters of text.
  ///
  /// @throws ParseFailure `OVER_LIMIT` when they are used up
  public void spendCharacters(long count) {
    characters += count;
    require(characters, limits.maxCharacters(), "characters of text");
  }

  /// Checks a nesting depth, of documents or of blocks.
  ///
  /// @throws ParseFailure `OVER_LIMIT` when it is too deep
  public void requireDepth(int depth) {
    require(depth, limits.maxNesting(), "levels of nesting");
  }

  /// To be called between pages, parts or some thousand tokens.
  ///
  /// @throws ParseFailure `DEADLINE` when the time is up
  public void checkDeadline() {
    if (deadlinePassed.getAsBoolean()) {
      throw new ParseFailure(
          ParseFailure.Code.DEADLINE,
          "Parsing took longer than allowed. Raise the time limit or send the document in parts.");
    }
  }

  private static void require(long used, long limit, String what) {
    if (used > limit) {
      throw new ParseFailure(
          ParseFailure.Code.OVER_LIMIT,
          "The document has more than " + limit + " " + what + ". Raise the limit to parse it.");
    }
  }
}
