package dev.sandpiper.edge.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One connection with its prepared statements. Not safe for two threads at once.
final class Session implements Tx, AutoCloseable {
  private static final int MAX_STATEMENTS = 64;

  private final Path file;
  private final Connection connection;
  private final SequencedMap<String, PreparedStatement> statements =
      new LinkedHashMap<>(16, 0.75f, true);
  private List<Runnable> afterCommit = new ArrayList<>();

  Session(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  @Override
  public int update(String sql, @Nullable Object... args) {
    try {
      return bind(sql, args).executeUpdate();
    } catch (SQLException e) {
      discard(sql);
      throw SqlErrors.of(file, "write", e);
    }
  }

  @Override
  public long insert(String sql, @Nullable Object... args) {
    update(sql, args);
    return queryOne("SELECT last_insert_rowid()", row -> row.number(1)).orElseThrow();
  }

  @Override
  public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... args) {
    List<T> rows = new ArrayList<>();
    each(
        sql,
        row -> {
          rows.add(mapper.map(row));
          return true;
        },
        args);
    return rows;
  }

  @Override
  public <T> Optional<T> queryOne(String sql, RowMapper<T> mapper, @Nullable Object... args) {
    List<T> first = new ArrayList<>(1);
    each(
        sql,
        row -> {
          first.add(mapper.map(row));
          return false;
        },
        args);
    return first.isEmpty() ? Optional.empty() : Optional.of(first.getFirst());
  }

  @Override
  public void each(String sql, RowVisitor visitor, @Nullable Object... args) {
    try (ResultSet rows = bind(sql, args).executeQuery()) {
      Row row = new ResultRow(file, rows);
      boolean more = true;
      while (more && rows.next()) {
        more = visitor.visit(row);
      }
    } catch (SQLException e) {
      discard(sql);
      throw SqlErrors.of(file, "read", e);
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /// The actions registered since the last call.
  List<Runnable> takeAfterCommit() {
    List<Runnable> taken = afterCommit;
    afterCommit = new ArrayList<>(0);
    return taken;
  }

  /// Runs SQL that is not cached and may hold several statements.
  void script(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /// Runs a short command, such as `BEGIN`.
  void command(String sql) throws SQLException {
    try {
      prepare(sql).execute();
    } catch (SQLException e) {
      discard(sql);
      throw e;
    }
  }

  /// The driver cannot run a statement again after some of its failures.
  private void discard(String sql) {
    try (PreparedStatement _ = statements.remove(sql)) {
      // Closing it is all.
    } catch (SQLException e) {
      // It has failed before; that failure is the one to report.
    }
  }

  private PreparedStatement bind(String sql, @Nullable Object[] args) throws SQLException {
    PreparedStatement statement = prepare(sql);
    for (int i = 0; i < args.length; i++) {
      Object value = args[i];
      switch (value) {
        case null -> statement.setNull(i + 1, java.sql.Types.NULL);
        case String text -> statement.setString(i + 1, text);
        case Integer number -> statement.setInt(i + 1, number);
        case Long number -> statement.setLong(i + 1, number);
        case Double number -> statement.setDouble(i + 1, number);
        case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
        case Instant time -> statement.setLong(i + 1, time.toEpochMilli());
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case Enum<?> constant -> statement.setString(i + 1, constant.name());
        default ->
            throw new IllegalArgumentException(
                "argument " + (i + 1) + " of \"" + sql + "\": " + value.getClass());
      }
    }
    return statement;
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
      if (statements.size() > MAX_STATEMENTS) {
        statements.pollFirstEntry().getValue().close();
      }
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    statements.clear(); // the connection closes them
    connection.close();
  }
}
