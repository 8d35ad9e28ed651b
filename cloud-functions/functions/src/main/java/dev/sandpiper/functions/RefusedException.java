package dev.sandpiper.functions;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;

/// Ends a request early; knows the reply it becomes.
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Enum<?> code;
  private final boolean mayHelp;

  private RefusedException(Enum<?> code, boolean mayHelp, String message) {
    super(message);
    this.code = code;
    this.mayHelp = mayHelp;
  }

  /// Permanent.
  static RefusedException rejected(RejectCode code, String message) {
    return new RefusedException(code, false, message);
  }

  /// Worth another try.
  static RefusedException failed(FailCode code, String message) {
    return new RefusedException(code, true, message);
  }

  /// The source does not exist: whoever asked may ask anew, but this request is over.
  static RefusedException gone(String message) {
    return new RefusedException(FailCode.SOURCE_UNAVAILABLE, false, message);
  }

  Answer toAnswer(String requestId) {
    return Answer.of(toReply(requestId), mayHelp);
  }

  private ParseReply toReply(String requestId) {
    String message = String.valueOf(getMessage());
    return code instanceof RejectCode reject
        ? new ParseReply.Rejected(requestId, reject, message)
        : new ParseReply.Failed(requestId, (FailCode) code, message);
  }
}
