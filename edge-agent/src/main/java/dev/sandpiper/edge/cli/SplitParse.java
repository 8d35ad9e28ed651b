package dev.sandpiper.edge.cli;

import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Parses one document here and now: whole, or where its worker says so in parts beside each other,
/// as the agent would.
///
/// @param split when parts pay
record SplitParse(BurstBackend backend, Limits limits, SplitPolicy split) {

  private static final Set<Output> EVERYTHING =
      Set.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS);

  BurstAnswer run(BurstTask.DocumentFile document) throws IOException, InterruptedException {
    String id = "cli-" + document.sha256().substring(0, 12);
    BurstAnswer first =
        backend.run(new BurstTask.Parse(id, document, null, EVERYTHING, split, limits));
    if (!(first.reply() instanceof ParseReply.Split parts)) {
      return first;
    }
    List<Path> results = new ArrayList<>();
    try {
      for (BurstAnswer answer : parts(id, document, parts.ranges())) {
        Path result = answer.result();
        if (result == null) {
          return answer;
        }
        results.add(result);
      }
      return backend.run(new BurstTask.Join(id + "-join", document, results, limits));
    } finally {
      for (Path result : results) {
        Files.deleteIfExists(result);
      }
    }
  }

  /// The parts' answers, in page order; the backend lets as many run as it has workers.
  private List<BurstAnswer> parts(
      String id, BurstTask.DocumentFile document, List<PageRange> ranges)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BurstAnswer>> running = new ArrayList<>();
      for (PageRange range : ranges) {
        BurstTask.Parse part =
            new BurstTask.Parse(
                id + "-" + range.first(),
                document,
                range,
                Set.of(Output.PAGES),
                SplitPolicy.NONE,
                limits);
        running.add(threads.submit(() -> backend.run(part)));
      }
      List<BurstAnswer> answers = new ArrayList<>();
      for (Future<BurstAnswer> future : running) {
        answers.add(future.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a part's thread ended early", e.getCause());
    }
  }
}
