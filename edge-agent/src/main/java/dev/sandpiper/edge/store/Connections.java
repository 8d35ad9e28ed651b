package dev.sandpiper.edge.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// Opens connections with the house's settings.
final class Connections {

  private Connections() {}

  /// The one connection that writes. `synchronous=NORMAL` because [WalSync] does the rest.
  static Session writer(Path file, int cacheKib) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setPageSize(4096);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(10_000);
    Session session = open(file, config);
    session.script(
        "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=-1;"
            + " PRAGMA secure_delete=ON; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-"
            + cacheKib
            + ";");
    return session;
  }

  static Session reader(Path file, int cacheKib) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(10_000);
    Session session = open(file, config);
    session.script("PRAGMA temp_store=MEMORY; PRAGMA cache_size=-" + cacheKib + ";");
    return session;
  }

  private static Session open(Path file, SQLiteConfig config) throws SQLException {
    return new Session(file, config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
  }
}
