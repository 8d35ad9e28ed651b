package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper submit`.
@Command(
    name = "submit",
    description = "Take files and folders into the library.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper submit ~/Documents",
      "  sandpiper submit --include '*.pdf' --tag tax ~/Documents/2025",
      "",
      "Every file is on the agent's disk when it is counted. Ctrl-C ends the command,",
      "not the jobs. Without a running agent the files are stored and wait for",
      "'sandpiper run'. Sending again is harmless: the same bytes are parsed once."
    })
final class SubmitCommand implements Callable<Integer> {

  /// Files on their way at once: while one is written to the disk the next is already coming.
  private static final int SENDERS = 4;

  /// Asked more often at first, so that a small batch does not wait for the next look.
  private static final long FIRST_POLL_MILLIS = 25;

  private static final long LAST_POLL_MILLIS = 500;
  private static final int MOST_FILES = 1_000_000;

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  private List<Path> paths = List.of();

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Only files of these names, as in '*.pdf'. May be repeated.")
  private List<String> includes = List.of();

  @Option(names = "--tag", paramLabel = "TAG", description = "Label. May be repeated.")
  private Set<String> tags = Set.of();

  @Option(names = "--no-wait", description = "Do not wait until they are parsed.")
  private boolean noWait;

  @Option(names = "--json", description = "Print the final counts as JSON.")
  private boolean json;

  SubmitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> files = collect();
    if (files.isEmpty()) {
      throw new CliException(
          CliException.NOT_FOUND, "no files found in " + paths + "; check --include");
    }
    AgentConfig config = session.config(common);
    Optional<AgentClient> agent = session.findAgent(config, common);
    if (agent.isPresent()) {
      return follow(new AgentDoor(agent.get()), files);
    }
    try (Workshop.Desk desk = session.workshop().openStore(config)) {
      return follow(new StoreDoor(desk), files);
    }
  }

  private int follow(SubmitDoor door, List<Path> files) throws InterruptedException {
    Progress progress = new Progress(session.console(), files.size());
    SubmitDoor.Counts counts;
    try {
      counts = sendAndWait(door, files, progress);
    } catch (RuntimeException e) {
      progress.clear();
      throw e;
    }
    progress.end(counts, door.isWorking(), json ? session : null);
    boolean allWell = progress.refused() == 0 && counts.failed() + counts.parked() == 0;
    return allWell ? 0 : CliException.SOME_FAILED;
  }

  private SubmitDoor.Counts sendAndWait(SubmitDoor door, List<Path> files, Progress progress)
      throws InterruptedException {
    long batch = door.openBatch(files.getFirst().toString());
    sendAll(door, files, batch, progress);
    boolean wait = door.isWorking() && !noWait;
    SubmitDoor.Counts counts = door.counts(batch);
    long pause = FIRST_POLL_MILLIS;
    while (wait && counts.pending() > 0) {
      progress.show(counts);
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(LAST_POLL_MILLIS, pause + pause / 4);
      counts = door.counts(batch);
    }
    return counts;
  }

  /// Sends several files at once; one that fails for all, as when the agent is gone, ends it.
  private void sendAll(SubmitDoor door, List<Path> files, long batch, Progress progress)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    Callable<@Nullable Void> sender =
        () -> {
          for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
            try {
              progress.sent(files.get(i).toString(), door.submit(files.get(i), batch, tags));
            } catch (RuntimeException e) {
              next.set(files.size());
              throw e;
            }
          }
          return null;
        };
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      int count = Math.min(SENDERS, files.size());
      for (Future<@Nullable Void> sent : senders.invokeAll(Collections.nCopies(count, sender))) {
        Void _ = sent.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private List<Path> collect() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        int before = files.size();
        Files.walkFileTree(path, visitor(path, files));
        files.subList(before, files.size()).sort(null);
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        throw new CliException(
            CliException.NOT_FOUND,
            Console.plain(path.toString()) + " does not exist; check the name");
      }
    }
    return files;
  }

  /// Everything but hidden files and folders; links are not followed.
  private FileVisitor<Path> visitor(Path root, List<Path> files) {
    List<PathMatcher> wanted =
        includes.stream().map(glob -> root.getFileSystem().getPathMatcher("glob:" + glob)).toList();
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return !folder.equals(root) && isHidden(folder)
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        Path name = file.getFileName();
        boolean matches =
            wanted.isEmpty() || wanted.stream().anyMatch(matcher -> matcher.matches(name));
        if (attributes.isRegularFile() && !isHidden(file) && matches) {
          files.add(file);
        }
        return files.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        session
            .console()
            .err()
            .println("skipped " + Console.plain(file + ": " + DiskFailure.words(e)));
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private static boolean isHidden(Path path) {
    @Nullable Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }
}
