package dev.sandpiper.edge.store;

/// Failures of a store, for those who must cope with them.
public final class StoreFailures {

  private StoreFailures() {}

  /// Nothing more can be kept for now.
  public static StoreException diskFull() {
    return new StoreException(StoreException.Code.DISK_FULL, "no room", null);
  }
}
