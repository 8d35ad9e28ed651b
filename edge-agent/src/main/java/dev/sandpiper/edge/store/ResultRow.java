package dev.sandpiper.edge.store;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A row of a JDBC result.
record ResultRow(Path file, ResultSet rows) implements Row {

  @Override
  public String text(int column) {
    String text = nullableText(column);
    if (text == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return text;
  }

  @Override
  public @Nullable String nullableText(int column) {
    return get(() -> rows.getString(column));
  }

  @Override
  public long number(int column) {
    return get(() -> rows.getLong(column));
  }

  @Override
  public @Nullable Long nullableNumber(int column) {
    return get(() -> {
      long number = rows.getLong(column);
      return rows.wasNull() ? null : number;
    });
  }

  @Override
  public double real(int column) {
    return get(() -> rows.getDouble(column));
  }

  @Override
  public byte[] bytes(int column) {
    byte @Nullable [] bytes = get(() -> rows.getBytes(column));
    if (bytes == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return bytes;
  }

  private <T extends @Nullable Object> T get(Getter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException e) {
      throw SqlErrors.of(file, "read a column", e);
    }
  }

  private interface Getter<T extends @Nullable Object> {
    T get() throws SQLException;
  }
}
