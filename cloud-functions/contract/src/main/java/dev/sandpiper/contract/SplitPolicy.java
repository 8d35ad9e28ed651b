package dev.sandpiper.contract;

/// Whether a function may answer [ParseReply.Split], leaving the pages to several requests.
///
/// @param maxParts most parts; 1 means: do not split
/// @param minPartMillis estimated work, in milliseconds, below which a part is not worth a request
///   of its own
public record SplitPolicy(int maxParts, long minPartMillis) {

  /// Parse in one piece.
  public static final SplitPolicy NONE = new SplitPolicy(1, 1);

  public SplitPolicy {
    if (maxParts < 1 || minPartMillis < 1) {
      throw new IllegalArgumentException("split needs maxParts >= 1 and minPartMillis >= 1");
    }
  }
}
