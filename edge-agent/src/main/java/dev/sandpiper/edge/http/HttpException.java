package dev.sandpiper.edge.http;

/// The server cannot do its work.
public final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  HttpException(String message, Throwable cause) {
    super(message, cause);
  }
}
