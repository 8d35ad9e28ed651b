package dev.sandpiper.edge.identity;

/// This machine cannot show who it is. The message says what failed, on what, and what to do next.
public final class IdentityException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Why.
  public enum Kind {
    /// A file of the identity is missing, unreadable or no key or certificate.
    UNREADABLE,
    /// The private key does not belong to the certificate.
    KEY_MISMATCH,
    /// The certificate has expired.
    EXPIRED,
    /// The certificate is not valid yet.
    NOT_YET_VALID,
    /// The clock of this machine is wrong.
    CLOCK,
    /// AWS does not know the certificate's authority, the profile, the role or the alias.
    UNKNOWN_NAME,
    /// AWS knows all of them, and says no.
    DENIED,
    /// AWS asks to wait.
    THROTTLED,
    /// AWS cannot be reached.
    NETWORK,
    /// An answer that nobody foresaw.
    UNEXPECTED;

    /// Whether trying again later may help without anybody doing anything.
    public boolean passing() {
      return this == THROTTLED || this == NETWORK || this == UNEXPECTED;
    }
  }

  private final Kind kind;

  public IdentityException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public IdentityException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// Why.
  public Kind kind() {
    return kind;
  }
}
