package dev.sandpiper.contract;

/// A message that breaks the contract. Its text can be shown to the sender: it names the field and
/// what was expected.
public final class ContractException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RejectCode code;
  private final String requestId;

  ContractException(RejectCode code, String requestId, String message) {
    super(message);
    this.code = code;
    this.requestId = requestId;
  }

  /// [RejectCode#MALFORMED_REQUEST] or [RejectCode#UNSUPPORTED_VERSION].
  public RejectCode code() {
    return code;
  }

  /// The request id, when it was read before the fault; else empty.
  public String requestId() {
    return requestId;
  }

  /// The reply to give to the sender.
  public ParseReply.Rejected toReply() {
    return new ParseReply.Rejected(requestId, code, String.valueOf(getMessage()));
  }
}
