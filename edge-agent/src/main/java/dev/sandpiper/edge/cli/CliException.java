package dev.sandpiper.edge.cli;

import java.nio.file.Path;

/// A command that cannot go on, with the exit code that says so.
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final int SOME_FAILED = 1;
  static final int USAGE = 2;
  static final int NO_AGENT = 3;
  static final int NOT_FOUND = 4;
  static final int BAD_CONFIG = 5;

  private final int code;

  CliException(int code, String message) {
    super(message);
    this.code = code;
  }

  /// What could not be done, why, and what to do next: the message of `cause` says it all.
  public static CliException because(RuntimeException cause) {
    CliException e = new CliException(SOME_FAILED, String.valueOf(cause.getMessage()));
    e.initCause(cause);
    return e;
  }

  /// There is no library to look into.
  public static CliException nothingYet(Path home) {
    return new CliException(
        NOT_FOUND,
        "nothing has been submitted yet: there is no library in %s. Begin with 'sandpiper submit FILE…'"
            .formatted(home));
  }

  int code() {
    return code;
  }
}
