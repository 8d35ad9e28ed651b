package dev.sandpiper.edge.fake.telegram;

import java.util.Map;

/// A call that the Bot API refuses.
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient Map<String, Long> parameters;

  RefusedException(int code, String message) {
    this(code, message, Map.of());
  }

  RefusedException(int code, String message, Map<String, Long> parameters) {
    super(message);
    this.code = code;
    this.parameters = parameters;
  }

  int code() {
    return code;
  }

  Map<String, Long> parameters() {
    return parameters;
  }
}
