package dev.sandpiper.edge.store;

import org.jspecify.annotations.Nullable;

/// What a transaction does. Runs on the database's writer thread (or on the caller's for reads): it
/// must not wait for anything, and least of all for the database. Whatever it throws undoes it and
/// reaches the caller.
@FunctionalInterface
public interface Work<T extends @Nullable Object> {

  /// Does it, once.
  T run(Tx tx);
}
