package dev.sandpiper.edge.channel;

import java.io.IOException;
import java.util.Locale;

/// A file that will never be had. The message is for who looks after the agent; the reason says it
/// to the person who sent the file, in their language.
public final class FileRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /// Why, as a person can do something about it. The texts are `file.refused.<reason>`.
  public enum Reason {
    /// It is nothing that can be read: a sticker, a call.
    KIND,
    /// The far side gives files up to a size only.
    TOO_LARGE_FOR_TELEGRAM,
    /// The Bot API server keeps it on its own disk.
    ON_THE_SERVERS_DISK,
    /// It is not there any more.
    GONE,
    /// It lies where the agent does not fetch from.
    ELSEWHERE;

    /// The last part of a text's key.
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// @param message names the file and what to do next
  public FileRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /// Why.
  public Reason reason() {
    return reason;
  }
}
