package dev.sandpiper.functions;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;

/// Ends a request early; knows the reply it becomes.
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Enum<?> code;

  private RefusedException(Enum<?> code, String message) {
    super(message);
    this.code = code;
  }

  /// Permanent.
  static RefusedException rejected(RejectCode code, String message) {
    return new RefusedException(code, message);
  }

  /// Worth another try.
  static RefusedException failed(FailCode code, String message) {
    return new RefusedException(code, message);
  }

  ParseReply toReply(String requestId) {
    String message = String.valueOf(getMessage());
    return code instanceof RejectCode reject
        ? new ParseReply.Rejected(requestId, reject, message)
        : new ParseReply.Failed(requestId, (FailCode) code, message);
  }
}
