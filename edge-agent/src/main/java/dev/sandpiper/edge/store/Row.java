package dev.sandpiper.edge.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The current row of a query; columns count from 1. Valid only while its mapper runs.
public interface Row {

  /// A text that is not null.
  String text(int column);

  /// A text, or `null`.
  @Nullable String nullableText(int column);

  /// A whole number; 0 for null.
  long number(int column);

  /// A whole number, or `null`.
  @Nullable Long nullableNumber(int column);

  /// A real number; 0 for null.
  double real(int column);

  /// Bytes that are not null.
  byte[] bytes(int column);

  /// A time stored as milliseconds since 1970.
  default Instant instant(int column) {
    return Instant.ofEpochMilli(number(column));
  }

  /// A time stored as milliseconds since 1970, or `null`.
  default @Nullable Instant nullableInstant(int column) {
    Long millis = nullableNumber(column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
