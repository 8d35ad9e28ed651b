package dev.sandpiper.parser.task;

/// Bounds on what one document may make the parser do; see [ParseBudget] for how they are spent.
///
/// @param maxBytes largest document, in bytes
/// @param maxPages most pages, slides or sheets parsed
/// @param maxDecompressedBytes most bytes all containers together may expand to
/// @param maxNesting deepest nesting, of documents in documents and of blocks in blocks
/// @param maxCells most table and sheet cells
/// @param maxCharacters most characters of text
public record ParseLimits(
    long maxBytes,
    int maxPages,
    long maxDecompressedBytes,
    int maxNesting,
    long maxCells,
    long maxCharacters) {

  /// Safe defaults: 512 MiB, 10,000 pages, 2 GiB decompressed, 8 levels, 2 million cells, 50
  /// million characters.
  public static final ParseLimits DEFAULT =
      new ParseLimits(512L << 20, 10_000, 2L << 30, 8, 2_000_000, 50_000_000);
}
