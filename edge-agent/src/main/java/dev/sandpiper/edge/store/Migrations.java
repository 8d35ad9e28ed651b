package dev.sandpiper.edge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Brings a database to this program's schema: the files `001.sql`, `002.sql`, … that it has not
/// seen, in one transaction.
final class Migrations {

  private Migrations() {}

  static void apply(Path file, Session session) throws SQLException {
    List<String> scripts = scripts();
    int version = version(file, session, scripts.size());
    if (version == scripts.size()) {
      return;
    }
    session.command("BEGIN IMMEDIATE");
    try {
      for (String script : scripts.subList(version, scripts.size())) {
        session.script(script);
      }
      session.script("PRAGMA user_version=" + scripts.size());
      session.command("COMMIT");
    } catch (SQLException e) {
      session.command("ROLLBACK");
      throw e;
    }
  }

  /// The database's version, when this program can work with it.
  static int version(Path file, Session session) {
    return version(file, session, scripts().size());
  }

  private static int version(Path file, Session session, int known) {
    int version = session.queryOne("PRAGMA user_version", row -> (int) row.number(1)).orElseThrow();
    if (version > known) {
      throw new StoreException(
          StoreException.Code.NEWER_SCHEMA,
          "Database "
              + file
              + " has schema "
              + version
              + ", this program knows "
              + known
              + ". It was written by a newer Sandpiper: upgrade this one.",
          null);
    }
    return version;
  }

  private static List<String> scripts() {
    List<String> scripts = new ArrayList<>();
    for (int number = 1; ; number++) {
      String name = String.format(Locale.ROOT, "%03d.sql", number);
      try (InputStream in = Migrations.class.getResourceAsStream(name)) {
        if (in == null) {
          return scripts;
        }
        scripts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
