package dev.sandpiper.edge.burst.route;

/// How many tasks a backend is given at once: more while it answers, half as many when it says that
/// it has enough. Not safe for use by several threads.
///
/// The account's real limit is not known, and others may use it too: so it is found out, as TCP
/// finds out the width of a line.
final class Share {

  private static final int FIRST = 8;

  private final int most;
  private double size;
  private boolean growsFast = true;
  private long begun;
  private long halvedAt;

  /// @param most the largest it may become
  Share(int most) {
    this.most = most;
    this.size = Math.min(FIRST, most);
  }

  int size() {
    return (int) size;
  }

  /// A task goes there.
  ///
  /// @return its number
  long begin() {
    return ++begun;
  }

  /// A task was answered while `inUse` were there, itself included.
  void answered(int inUse) {
    if (inUse >= size()) {
      size = Math.min(most, size + (growsFast ? 1 : 1 / size));
    }
  }

  /// A task heard that there are too many. One flood of such answers halves it once.
  ///
  /// @return whether there was nothing left to halve
  boolean throttled(long number) {
    growsFast = false;
    if (number <= halvedAt) {
      return false;
    }
    halvedAt = begun;
    boolean least = size() <= 1;
    size = Math.max(1, size / 2);
    return least;
  }
}
