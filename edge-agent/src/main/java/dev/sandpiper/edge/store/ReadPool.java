package dev.sandpiper.edge.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A few connections for readers, opened when needed.
final class ReadPool {
  private final Path file;
  private final DatabaseOptions options;
  private final Semaphore free;
  private final Queue<Session> idle = new ConcurrentLinkedQueue<>();

  ReadPool(Path file, DatabaseOptions options) {
    this.file = file;
    this.options = options;
    this.free = new Semaphore(options.readers());
  }

  <T extends @Nullable Object> T read(Work<T> work) {
    free.acquireUninterruptibly();
    try {
      return readWith(work);
    } finally {
      free.release();
    }
  }

  private <T extends @Nullable Object> T readWith(Work<T> work) {
    Session session = null;
    try {
      session = idle.poll();
      if (session == null) {
        session = Connections.reader(file, options.readCacheKib());
      }
      session.command("BEGIN");
      T result;
      try {
        result = work.run(session);
      } finally {
        session.command("COMMIT");
      }
      idle.add(session);
      return result;
    } catch (SQLException e) {
      discard(session);
      throw SqlErrors.of(file, "read", e);
    } catch (RuntimeException | Error e) {
      discard(session);
      throw e;
    }
  }

  private void discard(@Nullable Session session) {
    if (session != null) {
      try {
        session.close();
      } catch (SQLException e) {
        // It is being thrown away because it failed; the first failure is the one to report.
      }
    }
  }

  void close() throws SQLException {
    free.acquireUninterruptibly(options.readers());
    for (Session session = idle.poll(); session != null; session = idle.poll()) {
      session.close();
    }
    free.release(options.readers());
  }
}
