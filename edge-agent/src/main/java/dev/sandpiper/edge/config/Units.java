package dev.sandpiper.edge.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Durations and sizes as people write them.
public final class Units {

  private static final Map<String, Long> MILLIS = new LinkedHashMap<>();
  private static final Map<String, Long> BYTES = new LinkedHashMap<>();

  static {
    MILLIS.put("d", 86_400_000L);
    MILLIS.put("h", 3_600_000L);
    MILLIS.put("m", 60_000L);
    MILLIS.put("s", 1_000L);
    MILLIS.put("ms", 1L);
    BYTES.put("TB", 1L << 40);
    BYTES.put("GB", 1L << 30);
    BYTES.put("MB", 1L << 20);
    BYTES.put("KB", 1L << 10);
    BYTES.put("B", 1L);
  }

  private Units() {}

  /// Reads `500ms`, `30s`, `2m`, `1h30m`, `7d`.
  ///
  /// @throws IllegalArgumentException when the text is nothing like it
  public static Duration duration(String text) {
    return Duration.ofMillis(sum(text, MILLIS, "duration"));
  }

  /// Reads `512B`, `16KB`, `64MB`, `2GB`, `1TB`: powers of 1,024.
  ///
  /// @throws IllegalArgumentException when the text is nothing like it
  public static long size(String text) {
    return sum(text, BYTES, "size");
  }

  /// The duration in the same form, with as few units as are exact.
  public static String text(Duration span) {
    return text(span.toMillis(), MILLIS, "s");
  }

  /// The size in the same form, with the largest unit that is exact.
  public static String text(long bytes) {
    for (Map.Entry<String, Long> unit : BYTES.entrySet()) {
      if (bytes >= unit.getValue() && bytes % unit.getValue() == 0) {
        return bytes / unit.getValue() + unit.getKey();
      }
    }
    return bytes + "B";
  }

  private static long sum(String text, Map<String, Long> units, String what) {
    long total = 0;
    int at = 0;
    if (text.isEmpty() || text.length() > 40) {
      throw new IllegalArgumentException("not a " + what + ": " + text);
    }
    while (at < text.length()) {
      int digits = at;
      while (digits < text.length() && isDigit(text.charAt(digits))) {
        digits++;
      }
      int end = digits;
      while (end < text.length() && !isDigit(text.charAt(end))) {
        end++;
      }
      Long unit = units.get(text.substring(digits, end));
      if (digits == at || digits - at > 15 || unit == null) {
        throw new IllegalArgumentException("not a " + what + ": " + text);
      }
      long amount = Long.parseLong(text, at, digits, 10);
      try {
        total = Math.addExact(total, Math.multiplyExact(amount, unit));
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("too large a " + what + ": " + text, e);
      }
      at = end;
    }
    return total;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String text(long amount, Map<String, Long> units, String zeroUnit) {
    if (amount == 0) {
      return "0" + zeroUnit;
    }
    StringBuilder text = new StringBuilder();
    long rest = amount;
    for (Map.Entry<String, Long> unit : units.entrySet()) {
      if (rest >= unit.getValue()) {
        text.append(rest / unit.getValue()).append(unit.getKey());
        rest %= unit.getValue();
      }
    }
    return text.toString();
  }
}
