package dev.sandpiper.parser.task;

/// Pages to parse, 1-based and inclusive.
public record PageSelection(int first, int last) {

  /// Every page.
  public static final PageSelection ALL = new PageSelection(1, Integer.MAX_VALUE);

  public PageSelection {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "pages need 1 <= first <= last, not " + first + " to " + last);
    }
  }

  /// Whether `page` is selected.
  public boolean contains(int page) {
    return page >= first && page <= last;
  }
}
