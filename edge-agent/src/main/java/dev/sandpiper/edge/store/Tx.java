package dev.sandpiper.edge.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A running transaction. Arguments are `String`, `Integer`, `Long`, `Double`, `Boolean` (0 or 1),
/// `Instant` (milliseconds since 1970), `byte[]`, an enum (its name) or `null`. Valid only while
/// its work runs, on that thread.
public interface Tx {

  /// Runs a statement and answers how many rows it changed.
  int update(String sql, @Nullable Object... args);

  /// Runs an insert and answers the new row's id.
  long insert(String sql, @Nullable Object... args);

  /// All rows. For results that are bounded by a limit; see [#each].
  <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... args);

  /// The first row.
  <T> Optional<T> queryOne(String sql, RowMapper<T> mapper, @Nullable Object... args);

  /// Visits the rows one by one until the visitor answers false.
  void each(String sql, RowVisitor visitor, @Nullable Object... args);

  /// Runs `action` on the caller's thread after the commit, before the caller goes on; not at all
  /// when the transaction fails.
  void afterCommit(Runnable action);

  /// Makes a value of a row.
  @FunctionalInterface
  interface RowMapper<T> {
    T map(Row row);
  }

  /// Looks at a row and answers whether to go on.
  @FunctionalInterface
  interface RowVisitor {
    boolean visit(Row row);
  }
}
