package dev.sandpiper.parser.chunk;

/// How large chunks are, in UTF-16 units.
///
/// @param target a chunk is closed before a block would carry it beyond this
/// @param max no chunk is larger
/// @param tiny a chunk smaller than this goes on under the next heading, up to `target`
public record ChunkSize(int target, int max, int tiny) {

  /// 1,200 characters, 2,000 at most, 200 are too few.
  public static final ChunkSize DEFAULT = new ChunkSize(1_200, 2_000, 200);

  public ChunkSize {
    if (tiny < 0 || target <= tiny || max < target || target < 40) {
      throw new IllegalArgumentException(
          "chunk sizes need 0 <= tiny < target <= max and target >= 40, not %d, %d, %d"
              .formatted(tiny, target, max));
    }
  }
}
