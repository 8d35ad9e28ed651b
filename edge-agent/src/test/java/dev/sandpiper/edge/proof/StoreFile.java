package dev.sandpiper.edge.proof;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What is really in the agent's database, read beside it.
final class StoreFile implements AutoCloseable {

  /// A job that is being worked on.
  record Running(long job, int attempts) {}

  private final Connection connection;

  StoreFile(Path database) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro");
  }

  /// Jobs that still have something to do; the weekly letter waits for its day.
  long open() throws SQLException {
    return number(
        "SELECT count(*) FROM jobs WHERE state NOT IN ('DONE', 'PARKED', 'CANCELLED')"
            + " AND kind <> 'letter'");
  }

  List<Running> running() throws SQLException {
    List<Running> running = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id, attempts FROM jobs WHERE state = 'RUNNING'")) {
      while (rows.next()) {
        running.add(new Running(rows.getLong(1), rows.getInt(2)));
      }
    }
    return running;
  }

  /// The first column of every row.
  List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
    }
    return values;
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(column(sql).getFirst());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
