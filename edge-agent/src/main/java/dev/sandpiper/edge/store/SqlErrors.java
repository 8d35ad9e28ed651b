package dev.sandpiper.edge.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// SQLite's refusals in words.
final class SqlErrors {

  private SqlErrors() {}

  static StoreException of(Path file, String what, SQLException e) {
    return of(file, what, e, code(e));
  }

  /// A commit that was undone because the disk is full.
  static StoreException diskFull(Path file, SQLException e) {
    return of(file, "commit", e, StoreException.Code.DISK_FULL);
  }

  private static StoreException of(
      Path file, String what, SQLException e, StoreException.Code code) {
    String next =
        switch (code) {
          case DISK_FULL ->
              "there is no space left. Free some disk space; nothing accepted so far is lost.";
          case DAMAGED ->
              "the file is damaged or is not a database. Restore it from a backup, or move it"
                  + " away to start empty.";
          case READ_ONLY -> "it is open read-only. Run this where the agent runs.";
          case IO -> "the disk refused (" + e.getMessage() + "). Check the disk and its messages.";
          default -> String.valueOf(e.getMessage());
        };
    return new StoreException(code, "Database " + file + ": cannot " + what + ": " + next, e);
  }

  private static StoreException.Code code(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return StoreException.Code.SQL;
    }
    // The low byte is the primary result code; the rest only refines it.
    return switch (sqlite.getResultCode().code & 0xff) {
      case 13 -> StoreException.Code.DISK_FULL;
      case 11, 26 -> StoreException.Code.DAMAGED;
      case 8 -> StoreException.Code.READ_ONLY;
      case 10, 14 -> StoreException.Code.IO;
      default -> StoreException.Code.SQL;
    };
  }
}
