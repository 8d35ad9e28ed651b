package dev.sandpiper.edge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  private static final Set<Thread.State> WAITS =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  @TempDir Path folder;

  @Test
  void committedRowsAreThereAfterReopening() {
    try (Database database = open()) {
      assertThat(database.<Long>write(tx -> addBatch(tx, "one"))).isEqualTo(1);
      database.writeLazily(tx -> addBatch(tx, "two"));
      assertThat(labels(database)).containsExactly("one", "two");
    }
    try (Database database = open()) {
      assertThat(labels(database)).containsExactly("one", "two");
    }
    assertThat(folder.resolve("edge.db-wal")).doesNotExist();
  }

  /// With two libraries some calls reach the one that was never set up, and end the process.
  @Test
  void aProcessLoadsOneNativeLibraryWhateverItOpens() throws Exception {
    try (Database own = Database.open(file(), DatabaseOptions.defaults());
        Database installed =
            Database.open(
                folder.resolve("other.db"),
                DatabaseOptions.defaults().withNativeDir(folder.resolve("native")))) {
      assertThat(own.file()).isNotEqualTo(installed.file());
      try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
        assertThat(
                lines
                    .filter(line -> line.contains("libsqlitejdbc"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct())
            .hasSize(1);
      }
    }
  }

  @Test
  void failedTransactionLeavesNothingAndReachesItsCaller() {
    try (Database database = open()) {
      AtomicBoolean ran = new AtomicBoolean();
      assertThatThrownBy(() ->
              database.<Long>write(tx -> {
                tx.afterCommit(() -> ran.set(true));
                addBatch(tx, "lost");
                throw new IllegalArgumentException("no");
              }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no");
      assertThat(ran).isFalse();
      database.write(tx -> addBatch(tx, "kept"));
      assertThat(labels(database)).containsExactly("kept");
    }
  }

  @Test
  void oneFailureInAGroupDoesNotTakeTheOthersWithIt() throws Exception {
    CountingSync sync = new CountingSync();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    try (Database database = Database.open(file(), DatabaseOptions.defaults(), sync);
        ExecutorService callers =
            Executors.newFixedThreadPool(
                32,
                task -> {
                  Thread thread = new Thread(task);
                  threads.add(thread);
                  return thread;
                })) {
      int before = sync.forced.get();
      sync.gate = new CountDownLatch(1);
      List<Future<Long>> writes = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        int number = i;
        writes.add(
            callers.submit(() ->
                database.<Long>write(tx -> {
                  long id = addBatch(tx, "row " + number);
                  if (number % 4 == 3) {
                    throw new IllegalArgumentException("row " + number);
                  }
                  return id;
                })));
      }
      // The first group waits at the disk until all the others stand in line behind it.
      while (sync.forced.get() == before
          || threads.stream().anyMatch(thread -> !WAITS.contains(thread.getState()))) {
        Thread.onSpinWait();
      }
      sync.gate.countDown();
      int failed = 0;
      for (int i = 0; i < 32; i++) {
        Future<Long> write = writes.get(i);
        if (i % 4 == 3) {
          assertThatThrownBy(write::get).hasMessageContaining("row " + i);
          failed++;
        } else {
          write.get();
        }
      }
      assertThat(labels(database)).hasSize(32 - failed);
      assertThat(sync.forced.get() - before).isBetween(1, 3);
    }
  }

  @Test
  void lazyWriteDoesNotWaitForTheDisk() {
    CountingSync sync = new CountingSync();
    try (Database database = Database.open(file(), DatabaseOptions.defaults(), sync)) {
      int before = sync.forced.get();
      database.writeLazily(tx -> addBatch(tx, "lazy"));
      assertThat(sync.forced.get()).isEqualTo(before);
      database.write(tx -> addBatch(tx, "durable"));
      assertThat(sync.forced.get()).isEqualTo(before + 1);
    }
  }

  @Test
  void unconfirmedCommitIsNeverAcknowledgedAndEndsAllWriting() {
    CountingSync sync = new CountingSync();
    try (Database database = Database.open(file(), DatabaseOptions.defaults(), sync)) {
      database.write(tx -> addBatch(tx, "before"));
      sync.failing = true;
      assertThatThrownBy(() -> database.<Long>write(tx -> addBatch(tx, "during")))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "Database "
                  + file()
                  + ": the disk did not confirm a commit (Input/output error). Nothing more is"
                  + " accepted. Check the disk and its messages, then restart the agent.");
      sync.failing = false;
      assertThatThrownBy(() -> database.<Long>writeLazily(tx -> addBatch(tx, "after")))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.code()).isEqualTo(StoreException.Code.SYNC_FAILED));
      assertThat(database.failure()).isPresent();
      assertThat(labels(database)).contains("before").doesNotContain("after");
    }
    try (Database database = open()) {
      assertThat(database.failure()).isEmpty();
      database.write(tx -> addBatch(tx, "again"));
      assertThat(labels(database)).contains("before", "again").doesNotContain("after");
    }
  }

  @Test
  void actionsAfterCommitMayWriteThemselves() {
    try (Database database = open()) {
      database.<Long>write(tx -> {
        tx.afterCommit(() -> database.<Long>write(inner -> addBatch(inner, "second")));
        return addBatch(tx, "first");
      });
      assertThat(labels(database)).containsExactly("first", "second");
    }
  }

  @Test
  void transactionInsideATransactionIsRefused() {
    try (Database database = open()) {
      assertThatThrownBy(
              () -> database.<Long>write(tx -> database.<Long>write(inner -> addBatch(inner, "x"))))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void readerSeesOneStateThroughout() {
    try (Database database = open()) {
      database.write(tx -> addBatch(tx, "one"));
      List<Long> counts =
          database.read(tx -> {
            long before = count(tx);
            Thread other =
                Thread.ofPlatform().start(() -> database.<Long>write(t -> addBatch(t, "two")));
            join(other);
            return List.of(before, count(tx));
          });
      assertThat(counts).containsExactly(1L, 1L);
      assertThat(labels(database)).hasSize(2);
    }
  }

  @Test
  void secondOpenerIsToldWhoHoldsTheDatabase() throws IOException {
    try (Database database = open()) {
      assertThat(database.file()).isEqualTo(file());
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "Database "
                  + file()
                  + " is in use by process "
                  + ProcessHandle.current().pid()
                  + ". Stop that agent first, or send your request to it.");
    }
    open().close();
  }

  @Test
  void readOnlyOpenWorksBesideTheWriterAndRefusesWrites() {
    try (Database database = open()) {
      database.write(tx -> addBatch(tx, "one"));
      try (Database reader = Database.openReadOnly(file(), DatabaseOptions.defaults())) {
        assertThat(labels(reader)).containsExactly("one");
        database.write(tx -> addBatch(tx, "two"));
        assertThat(labels(reader)).containsExactly("one", "two");
        assertThatThrownBy(() -> reader.<Long>write(tx -> addBatch(tx, "no")))
            .hasMessageContaining("open for reading only");
      }
    }
    try (Database reader = Database.openReadOnly(file(), DatabaseOptions.defaults())) {
      assertThat(labels(reader)).containsExactly("one", "two");
    }
  }

  @Test
  void newerDatabaseIsRefusedWithBothVersions() {
    try (Database database = open()) {
      database.write(tx -> tx.update("PRAGMA user_version=99"));
    }
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.code()).isEqualTo(StoreException.Code.NEWER_SCHEMA))
        .hasMessageContaining("has schema 99, this program knows 3")
        .hasMessageContaining("upgrade");
  }

  @Test
  void fileThatIsNoDatabaseIsRefusedAndLeftAlone() throws IOException {
    byte[] other =
        "something else entirely, long enough to look at"
            .repeat(200)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(file(), other);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo(StoreException.Code.DAMAGED));
    assertThat(file()).hasBinaryContent(other);
  }

  @Test
  void closedDatabaseSaysSo() {
    Database database = open();
    database.close();
    assertThatThrownBy(() -> database.<Long>write(tx -> addBatch(tx, "late")))
        .hasMessage("Database " + file() + " is closed.");
  }

  private Path file() {
    return folder.resolve("edge.db");
  }

  private Database open() {
    return Database.open(file(), DatabaseOptions.defaults());
  }

  private static long addBatch(Tx tx, String label) {
    return tx.insert("INSERT INTO batches (label, created) VALUES (?, 0)", label);
  }

  private static long count(Tx tx) {
    return tx.queryOne("SELECT count(*) FROM batches", row -> row.number(1)).orElseThrow();
  }

  private static List<String> labels(Database database) {
    return database.read(
        tx -> tx.query("SELECT label FROM batches ORDER BY id", row -> row.text(1)));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A disk that counts, and fails on request.
  private static final class CountingSync implements WalSync.Opener {
    private final AtomicInteger forced = new AtomicInteger();
    private volatile boolean failing;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public WalSync open(Path log) throws IOException {
      WalSync real = WalSync.open(log);
      return new WalSync() {
        @Override
        public void force() throws IOException {
          if (failing) {
            throw new IOException("Input/output error");
          }
          forced.incrementAndGet();
          awaitGate();
          real.force();
        }

        @Override
        public void close() throws IOException {
          real.close();
        }
      };
    }

    private void awaitGate() {
      try {
        gate.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
