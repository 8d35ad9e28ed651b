package dev.sandpiper.standin.aws.fault;

/// A request that a service answers with an error.
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient ServiceError error;

  public RefusedException(int status, String code, String message) {
    super(code + ": " + message, null, false, false);
    this.error = new ServiceError(status, code, message);
  }

  public ServiceError error() {
    return error;
  }
}
