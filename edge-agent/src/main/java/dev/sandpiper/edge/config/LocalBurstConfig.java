package dev.sandpiper.edge.config;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/// Settings of the worker processes on this machine.
///
/// @param workers how many; empty: from cores and memory
/// @param heapBytes largest heap of one worker
/// @param idle a worker without work is stopped after this long
/// @param sandbox how workers are shut off
/// @param aot whether a start-up cache is built on first use
public record LocalBurstConfig(
    OptionalInt workers, long heapBytes, Duration idle, Sandbox sandbox, boolean aot) {

  /// How workers are shut off from the network and the files of the machine.
  public enum Sandbox {
    AUTO,
    BWRAP,
    UNSHARE,
    NONE
  }

  static LocalBurstConfig from(Values values) {
    String workers = values.text(ConfigKey.BURST_LOCAL_WORKERS);
    return new LocalBurstConfig(
        workers.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(workers)),
        values.size(ConfigKey.BURST_LOCAL_HEAP),
        values.duration(ConfigKey.BURST_LOCAL_IDLE),
        Sandbox.valueOf(values.text(ConfigKey.BURST_LOCAL_SANDBOX).toUpperCase(Locale.ROOT)),
        values.flag(ConfigKey.BURST_LOCAL_AOT));
  }
}
