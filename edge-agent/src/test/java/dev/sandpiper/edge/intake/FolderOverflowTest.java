package dev.sandpiper.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Reports that the JDK really dropped; [FolderWatcherTest] shows that a folder is then looked
/// through.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FolderOverflowTest {

  private static final int FILES = 1_500;

  @TempDir Path inbox;
  private final AtomicInteger overflows = new AtomicInteger();

  /// The JDK keeps 512 reports of a folder for a reader that does not come.
  @Test
  void lossIsToldWhenTheReaderIsBusy() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Set<Path> told = ConcurrentHashMap.newKeySet();
    try (FolderEvents events =
        FolderEvents.open(
            path -> {
              told.add(path);
              busy.countDown();
              awaitUninterrupted(free);
            },
            overflows::incrementAndGet)) {
      events.watch(inbox);
      Files.writeString(inbox.resolve("first"), "text");
      busy.await();
      fill("later ");
      awaitReportOfOneMore();
      free.countDown();
      await(() -> overflows.get() > 0);
      assertThat(told).hasSizeLessThan(FILES);
    }
  }

  private void fill(String prefix) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(inbox.resolve(prefix + i + ".txt"), "text " + i);
    }
  }

  /// Returns when another watch has been told of a file that is made now: what was made before is
  /// told by then.
  private void awaitReportOfOneMore() throws Exception {
    Path file = inbox.resolve("last");
    CountDownLatch seen = new CountDownLatch(1);
    try (FolderEvents other =
        FolderEvents.open(
            path -> {
              if (path.equals(file)) {
                seen.countDown();
              }
            },
            () -> {})) {
      other.watch(inbox);
      Files.writeString(file, "text");
      seen.await();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
