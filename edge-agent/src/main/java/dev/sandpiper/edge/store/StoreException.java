package dev.sandpiper.edge.store;

import org.jspecify.annotations.Nullable;

/// The database or the blob store could not do what was asked. Its message says what failed, on
/// what, and what to do next.
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Code code;

  StoreException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// What kind of failure it is.
  public Code code() {
    return code;
  }

  /// Kinds of failure.
  public enum Code {
    /// Another process has the database open.
    IN_USE,
    /// The database was written by a newer program.
    NEWER_SCHEMA,
    /// No space left on the device. Nothing of the transaction was stored; it works again when
    /// there is space.
    DISK_FULL,
    /// The disk did not confirm a commit: it may or may not be stored. Nothing is written until the
    /// database is opened again.
    SYNC_FAILED,
    /// A write to a database opened read-only.
    READ_ONLY,
    /// The database is closed.
    CLOSED,
    /// The database file is damaged or is not a database.
    DAMAGED,
    /// SQLite refused a statement.
    SQL,
    /// A file could not be read or written.
    IO
  }
}
