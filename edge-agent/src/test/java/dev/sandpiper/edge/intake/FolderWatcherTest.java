package dev.sandpiper.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.config.IntakeConfig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.JobState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FolderWatcherTest {

  @TempDir Path home;
  @TempDir Path inbox;
  private Rig rig;
  private FolderWatcher watcher;

  @BeforeEach
  void open() throws IOException {
    rig = new Rig(home, 1_000);
    watcher = watch(100);
  }

  @AfterEach
  void close() {
    watcher.close();
    rig.close();
  }

  private FolderWatcher watch(int maxPending) {
    return watch(maxPending, Duration.ofMillis(150));
  }

  private FolderWatcher watch(int maxPending, Duration settle) {
    IntakeConfig config = new IntakeConfig(List.of(inbox), settle, 3, maxPending, 1_000);
    return watch(
        new FolderWatcher(
            inbox, config, rig.intake, new Journal(System.err, InstantSource.system())));
  }

  private FolderWatcher watch(FolderWatcher made) {
    rig.queue.addListener(made::outcomesChanged);
    return made;
  }

  @Test
  void aFileStaysUntilItsOutcomeAndIsThenMoved() throws Exception {
    Files.writeString(inbox.resolve("before.txt"), "before the start");
    watcher.start();
    await(() -> jobs() == 1);
    assertThat(inbox.resolve("before.txt")).exists();
    rig.parseNext("text");
    // The name in done/ is claimed first: the file has moved when it is here no more.
    await(() -> Files.notExists(inbox.resolve("before.txt")));
    assertThat(inbox.resolve("done/before.txt")).hasContent("before the start");
  }

  @Test
  void aFailedFileGetsItsReason() throws Exception {
    watcher.start();
    Files.writeString(inbox.resolve("bad.pdf"), "locked");
    await(() -> jobs() == 1);
    rig.rejectNext("encrypted", "needs a password");
    await(() -> filled(inbox.resolve("failed/bad.pdf.reason.txt")));
    assertThat(inbox.resolve("failed/bad.pdf")).hasContent("locked");
    assertThat(Files.readString(inbox.resolve("failed/bad.pdf.reason.txt")))
        .startsWith("encrypted: needs a password\n\nDocument ");
  }

  @Test
  void namesOfAllKindsSurviveAndCollisionsAreNumbered() throws Exception {
    watcher.start();
    List<String> names = List.of("报告.txt", "🐦 bird.txt", "דוח.txt", "a.txt");
    Files.createDirectories(inbox.resolve("done"));
    Files.writeString(inbox.resolve("done/a.txt"), "older");
    for (String name : names) {
      Files.writeString(inbox.resolve(name), "content of " + name);
    }
    await(() -> jobs() == 4);
    for (int i = 0; i < 4; i++) {
      rig.parseNext("text " + i);
    }
    for (String name : List.of("报告.txt", "🐦 bird.txt", "דוח.txt", "a-2.txt")) {
      await(() -> filled(inbox.resolve("done").resolve(name)));
    }
    assertThat(inbox.resolve("done/a.txt")).hasContent("older");
  }

  @Test
  void unfinishedHiddenAndDeepFilesAreLeftAlone() throws Exception {
    watcher.start();
    for (String name : List.of("x.part", "x.crdownload", "x.tmp", ".hidden", ".git/x", "a/b/c/x")) {
      Path file = inbox.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    Files.createDirectories(inbox.resolve("sub/deep"));
    Files.writeString(inbox.resolve("sub/deep/taken.txt"), "taken");
    await(() -> jobs() == 1);
    rig.parseNext("text");
    await(() -> filled(inbox.resolve("done/sub/deep/taken.txt")));
    assertThat(jobs()).isEqualTo(1);
    assertThat(inbox.resolve("a/b/c/x")).exists();
    // A download that ends is renamed, and then taken.
    Files.move(inbox.resolve("x.part"), inbox.resolve("x.txt"));
    await(() -> jobs() == 2);
  }

  @Test
  void aGrowingFileIsNotTakenBeforeItRests() throws Exception {
    watcher.close();
    watcher = watch(100, Duration.ofSeconds(2));
    watcher.start();
    Path file = inbox.resolve("grows.txt");
    for (int i = 0; i < 10; i++) {
      Files.write(
          file,
          "line\n".getBytes(StandardCharsets.UTF_8),
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
      TimeUnit.MILLISECONDS.sleep(40);
    }
    await(() -> jobs() == 1);
    assertThat(rig.library.find("grows.txt").orElseThrow().size()).isEqualTo(50);
  }

  @Test
  void afterACrashTheFileIsRecognised() throws Exception {
    rig.accept("x.txt", "accepted before the crash");
    Files.writeString(inbox.resolve("x.txt"), "accepted before the crash");
    rig.accept("y.txt", "parsed before the crash");
    Files.writeString(inbox.resolve("y.txt"), "parsed before the crash");
    rig.parseNext("one");
    rig.parseNext("two");
    watcher.start();
    await(() -> filled(inbox.resolve("done/x.txt")));
    await(() -> filled(inbox.resolve("done/y.txt")));
    assertThat(jobs()).isEqualTo(2);
  }

  @Test
  void moreThanTheBoundWaitInTheFolder() throws Exception {
    watcher.close();
    watcher = watch(2);
    for (int i = 0; i < 12; i++) {
      Files.writeString(inbox.resolve(i + ".txt"), "text " + i);
    }
    watcher.start();
    await(() -> jobs() == 2);
    for (int done = 1; done <= 12; done++) {
      await(() -> rig.queue.view().counts().getOrDefault(JobState.READY, 0L) > 0);
      assertThat(rig.queue.view().counts().get(JobState.READY)).isLessThanOrEqualTo(2);
      rig.parseNext("text");
    }
    await(() -> filled(inbox.resolve("done/11.txt")));
    await(() -> list(inbox).isEmpty());
  }

  @Test
  void aLargeFileFailsWithItsReason() throws Exception {
    watcher.start();
    Files.writeString(inbox.resolve("large.txt"), "x".repeat(2_000));
    await(() -> filled(inbox.resolve("failed/large.txt.reason.txt")));
    assertThat(jobs()).isZero();
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws Exception {
    Path secret = Files.writeString(home.resolve("secret"), "secret");
    Files.createSymbolicLink(inbox.resolve("link.txt"), secret);
    watcher.start();
    Files.writeString(inbox.resolve("plain.txt"), "plain");
    await(() -> jobs() == 1);
    assertThat(rig.library.find("link.txt")).isEmpty();
  }

  @Test
  void whatIsNotReportedIsFoundByReadingTheFolderAgain() throws Exception {
    watcher.close();
    Journal journal = new Journal(System.err, InstantSource.system());
    IntakeConfig config = new IntakeConfig(List.of(inbox), Duration.ofMillis(150), 3, 1_000, 1_000);
    watcher = watch(new FolderWatcher(inbox, config, rig.intake, journal, 1));
    watcher.start();
    for (int i = 0; i < 300; i++) {
      Path folder = Files.createDirectories(inbox.resolve("folder " + i % 7));
      Files.writeString(folder.resolve(i + ".txt"), "text " + i);
    }
    await(() -> rig.queue.view().counts().getOrDefault(JobState.READY, 0L) == 300);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /// A name in a tray is claimed before its content is moved there.
  private static boolean filled(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  private int jobs() {
    return rig.queue.view().list(JobFilter.newest(100)).size();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
