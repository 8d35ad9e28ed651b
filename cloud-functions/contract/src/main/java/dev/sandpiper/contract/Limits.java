package dev.sandpiper.contract;

/// Bounds of one request. Reaching one is a `Rejected(over-limit)` where nothing useful can be
/// returned, else a warning and a truncated result.
///
/// @param maxBytes largest document, in bytes
/// @param maxPages most pages, slides or sheets
/// @param maxDecompressedBytes most bytes that containers (zip, gzip, PDF streams) may expand to,
///   over the whole document
/// @param maxNesting deepest nesting of documents in documents (archives, attachments) and of
///   blocks in blocks
/// @param maxCells most table and sheet cells over the whole document
/// @param maxCharacters most characters of extracted text over the whole document
/// @param wallMillis wall-clock time for the whole request, in milliseconds
public record Limits(
    long maxBytes,
    int maxPages,
    long maxDecompressedBytes,
    int maxNesting,
    long maxCells,
    long maxCharacters,
    long wallMillis) {

  /// Safe defaults: 512 MiB, 10,000 pages, 2 GiB decompressed, 8 levels, 2 million cells, 50
  /// million characters, 2 minutes.
  public static final Limits DEFAULT =
      new Limits(512L << 20, 10_000, 2L << 30, 8, 2_000_000, 50_000_000, 120_000);

  public Limits {
    if (maxBytes < 1
        || maxPages < 1
        || maxDecompressedBytes < 1
        || maxNesting < 1
        || maxCells < 1
        || maxCharacters < 1
        || wallMillis < 1) {
      throw new IllegalArgumentException("every limit must be at least 1");
    }
  }

  /// The same limits with another wall time.
  public Limits withWallMillis(long millis) {
    return new Limits(
        maxBytes, maxPages, maxDecompressedBytes, maxNesting, maxCells, maxCharacters, millis);
  }
}
