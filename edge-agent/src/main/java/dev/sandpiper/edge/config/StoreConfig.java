package dev.sandpiper.edge.config;

/// The store's settings.
///
/// @param diskReserve free bytes below which no document is accepted
public record StoreConfig(long diskReserve) {

  static StoreConfig from(Values values) {
    return new StoreConfig(values.size(ConfigKey.STORE_DISK_RESERVE));
  }
}
