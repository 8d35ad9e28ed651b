package dev.sandpiper.contract;

/// Pages `first` to `last`, 1-based, both included.
public record PageRange(int first, int last) {

  public PageRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "a page range needs 1 <= first <= last, not " + first + " to " + last);
    }
  }

  /// Number of pages.
  public int length() {
    return last - first + 1;
  }
}
