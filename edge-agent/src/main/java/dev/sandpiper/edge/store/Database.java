package dev.sandpiper.edge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQLite database. One thread writes, in groups; readers see the last commit. Every failure is
/// a [StoreException].
public final class Database implements AutoCloseable {
  private final Path file;
  private final ReadPool readers;
  private final @Nullable Committer committer;
  private final @Nullable StoreLock lock;

  private Database(
      Path file, ReadPool readers, @Nullable Committer committer, @Nullable StoreLock lock) {
    this.file = file;
    this.readers = readers;
    this.committer = committer;
    this.lock = lock;
  }

  /// Opens `file` for reading and writing, made and migrated when needed. Its folder must exist.
  ///
  /// @throws StoreException when another process has it open, it is newer than this program, it is
  ///   damaged, or the disk refuses
  public static Database open(Path file, DatabaseOptions options) {
    return open(file, options, WalSync::open);
  }

  static Database open(Path file, DatabaseOptions options, WalSync.Opener opener) {
    useNativeLibrary(options);
    StoreLock lock = StoreLock.take(file);
    Session session = null;
    try {
      session = Connections.writer(file, options.writeCacheKib());
      Migrations.apply(file, session);
      // A write makes sure that the log exists before it is opened here.
      session.script(
          "BEGIN IMMEDIATE; PRAGMA user_version="
              + Migrations.version(file, session)
              + "; COMMIT;");
      WalSync log = opener.open(file.resolveSibling(file.getFileName() + "-wal"));
      log.force();
      DiskSync.folder(folder(file));
      Committer committer = new Committer(file, session, log, options);
      committer.start();
      return new Database(file, new ReadPool(file, options), committer, lock);
    } catch (SQLException e) {
      abandon(session, lock);
      throw SqlErrors.of(file, "open", e);
    } catch (IOException e) {
      abandon(session, lock);
      throw new StoreException(
          StoreException.Code.IO, "Cannot open database " + file + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      abandon(session, lock);
      throw e;
    }
  }

  /// Opens `file` for reading only, beside an agent or without one.
  ///
  /// @throws StoreException when there is no such database, or it is newer than this program
  public static Database openReadOnly(Path file, DatabaseOptions options) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException(
          StoreException.Code.IO,
          "There is no database " + file + " yet. Start the agent once, or check the home folder.",
          null);
    }
    useNativeLibrary(options);
    ReadPool readers = new ReadPool(file, options);
    readers.read(tx -> tx instanceof Session session ? Migrations.version(file, session) : 0);
    return new Database(file, readers, null, null);
  }

  /// Runs a transaction and returns when it is on the disk.
  public <T extends @Nullable Object> T write(Work<T> work) {
    return committer().submit(Request.Kind.DURABLE, work);
  }

  /// Runs a transaction that survives the end of this process but may be undone by a power cut,
  /// together with later ones only.
  public <T extends @Nullable Object> T writeLazily(Work<T> work) {
    return committer().submit(Request.Kind.LAZY, work);
  }

  /// Runs a read on the caller's thread. It sees one state of the database throughout.
  public <T extends @Nullable Object> T read(Work<T> work) {
    return readers.read(work);
  }

  /// Empties the write-ahead log into the database file, so that deleted content is in neither.
  public void scrub() {
    committer()
        .submit(
            Request.Kind.ALONE,
            tx -> tx.queryOne("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.number(1)));
  }

  /// Where it is.
  public Path file() {
    return file;
  }

  /// Space left on its disk, in bytes.
  public long usableBytes() {
    try {
      return Files.getFileStore(folder(file)).getUsableSpace();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Code.IO,
          "Cannot tell how much space is left for " + file + ": " + e.getMessage(),
          e);
    }
  }

  /// Why it refuses every write; empty while it does not.
  public Optional<String> failure() {
    return committer == null ? Optional.empty() : committer.failure();
  }

  /// Commits what is waiting and closes.
  @Override
  public void close() {
    try {
      readers.close();
      if (committer != null) {
        committer.close();
      }
      if (lock != null) {
        lock.close();
      }
    } catch (SQLException e) {
      throw SqlErrors.of(file, "close", e);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Code.IO, "Cannot close database " + file + ": " + e.getMessage(), e);
    }
  }

  private Committer committer() {
    if (committer == null) {
      throw new StoreException(
          StoreException.Code.READ_ONLY,
          "Database " + file + " is open for reading only. Send the request to the agent.",
          null);
    }
    return committer;
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private static void useNativeLibrary(DatabaseOptions options) {
    if (options.nativeDir() == null) {
      NativeLibrary.useOwn();
    } else {
      NativeLibrary.useFrom(options.nativeDir());
    }
  }

  private static void abandon(@Nullable Session session, StoreLock lock) {
    try (lock) {
      if (session != null) {
        session.close();
      }
    } catch (SQLException | IOException e) {
      // The failure that brought us here is the one to report.
    }
  }
}
