package dev.sandpiper.edge.channel;

import java.io.IOException;

/// A file that will never be had. The message is for the person who sent it.
public final class FileRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  public FileRefusedException(String message) {
    super(message);
  }
}
