package dev.sandpiper.parser.task;

/// A document that cannot be parsed at all. The message is for a person: what failed, on what, what
/// to do next.
public final class ParseFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Why a document cannot be parsed.
  public enum Code {
    /// It needs a password.
    ENCRYPTED,
    /// No parser for this kind of document.
    UNSUPPORTED_TYPE,
    /// It exceeds one of the [ParseLimits].
    OVER_LIMIT,
    /// Its container is damaged beyond recovery, or it is empty.
    UNREADABLE,
    /// The deadline passed.
    DEADLINE
  }

  private final Code code;

  public ParseFailure(Code code, String message) {
    super(message);
    this.code = code;
  }

  public ParseFailure(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// Why.
  public Code code() {
    return code;
  }
}
