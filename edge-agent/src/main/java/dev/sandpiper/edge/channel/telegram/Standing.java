package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.health.CheckResult;
import java.util.Map;
import java.util.TreeMap;

/// How the channel stands, for whoever asks.
final class Standing {
  private static final int MOST_KINDS = 50;

  private CheckResult result =
      CheckResult.warn(
          TelegramChannel.NAME,
          "has not heard of Telegram yet",
          "Wait a moment; if it stays so, check the network.");
  private final Map<String, Long> ignored = new TreeMap<>();

  synchronized void well(String detail) {
    result = CheckResult.ok(TelegramChannel.NAME, detail);
  }

  synchronized void warn(String detail, String fix) {
    result = CheckResult.warn(TelegramChannel.NAME, detail, fix);
  }

  synchronized void fail(String detail, String fix) {
    result = CheckResult.fail(TelegramChannel.NAME, detail, fix);
  }

  synchronized CheckResult result() {
    return result;
  }

  /// Counts an update that is not for us.
  synchronized void ignored(String kind) {
    String counted = ignored.size() < MOST_KINDS || ignored.containsKey(kind) ? kind : "others";
    ignored.merge(counted, 1L, Long::sum);
  }

  /// Updates that were acknowledged and not used, by kind.
  synchronized Map<String, Long> ignored() {
    return Map.copyOf(ignored);
  }
}
