package dev.sandpiper.contract;

import java.util.Locale;

/// An enum constant whose wire name is its name in lower-case kebab form: `OVER_LIMIT` is
/// `over-limit`.
public interface WireName {

  /// The constant's name; implemented by every enum.
  String name();

  /// The name used in JSON.
  default String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The constant of `type` with this wire name, or `fallback` when there is none.
  static <E extends Enum<E> & WireName> E parse(Class<E> type, String wire, E fallback) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wire().equals(wire)) {
        return constant;
      }
    }
    return fallback;
  }
}
