package dev.sandpiper.edge;

/// The agent cannot start or go on. The message says what to do next.
public final class AgentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AgentException(String message) {
    super(message);
  }

  public AgentException(String message, Throwable cause) {
    super(message, cause);
  }
}
