package dev.sandpiper.standin.source;

import dev.sandpiper.standin.lambda.Function;
import dev.sandpiper.standin.lambda.InvokeResult;
import dev.sandpiper.standin.sqs.SqsClient;
import dev.sandpiper.standin.sqs.SqsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Polls until it is closed. It begins with two pollers; one that finds messages starts another, up
/// to the maximum concurrency, and one that finds nothing ends. A failed message is left alone: it
/// comes again when its visibility ends, and goes to the dead letters by the queue's own policy.
public final class EventSource implements AutoCloseable {

  private static final int LEAST_POLLERS = 2;
  private static final int MOST_RECEIVED = 10;
  private static final Duration LONG_POLL = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final long END_SECONDS = 30;

  private final EventSourceSpec spec;
  private final Function function;
  private final SqsClient polls;
  private final SqsClient deletes;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger pollers = new AtomicInteger();
  private final Tally tally = new Tally();
  private volatile boolean closing;

  /// What has happened so far.
  ///
  /// @param requests sent to SQS
  public record Counts(
      long invocations, long delivered, long deleted, long requests, Failures failures) {

    /// @param refused batches whose answer was malformed or named a message of no batch
    /// @param errors batches whose function failed
    /// @param throttled batches that were refused with 429
    /// @param unreachable calls of SQS that failed
    public record Failures(long refused, long errors, long throttled, long unreachable) {}
  }

  private static final class Tally {

    final AtomicLong invocations = new AtomicLong();
    final AtomicLong delivered = new AtomicLong();
    final AtomicLong deleted = new AtomicLong();
    final AtomicLong requests = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong errors = new AtomicLong();
    final AtomicLong throttled = new AtomicLong();
    final AtomicLong unreachable = new AtomicLong();
  }

  private EventSource(EventSourceSpec spec, Function function) {
    this.spec = spec;
    this.function = function;
    this.polls = new SqsClient(spec.queue().endpoint(), spec.queue().region());
    this.deletes = new SqsClient(spec.queue().endpoint(), spec.queue().region());
  }

  /// Starts to poll.
  public static EventSource start(EventSourceSpec spec, Function function) {
    EventSource source = new EventSource(spec, function);
    for (int i = 0; i < LEAST_POLLERS; i++) {
      source.addPoller();
    }
    return source;
  }

  public Counts counts() {
    return new Counts(
        tally.invocations.get(),
        tally.delivered.get(),
        tally.deleted.get(),
        tally.requests.get(),
        new Counts.Failures(
            tally.refused.get(),
            tally.errors.get(),
            tally.throttled.get(),
            tally.unreachable.get()));
  }

  private void addPoller() {
    int now = pollers.incrementAndGet();
    if (now > spec.maximumConcurrency() || closing) {
      pollers.decrementAndGet();
      return;
    }
    try {
      threads.execute(this::poll);
    } catch (RejectedExecutionException _) {
      pollers.decrementAndGet(); // it was closed meanwhile
    }
  }

  private void poll() {
    try {
      while (!closing) {
        if (!turn() && pollers.getAndUpdate(n -> n > LEAST_POLLERS ? n - 1 : n) > LEAST_POLLERS) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// One batch.
  ///
  /// @return whether there was one
  private boolean turn() throws InterruptedException {
    try {
      List<SqsMessage> batch = collect();
      if (batch.isEmpty()) {
        return false;
      }
      addPoller();
      settle(batch, function.invoke(BatchEvent.json(batch, spec.queue())));
    } catch (IOException _) {
      if (!closing) {
        tally.unreachable.incrementAndGet();
        Thread.sleep(PAUSE);
      }
    }
    return true;
  }

  private List<SqsMessage> collect() throws IOException, InterruptedException {
    List<SqsMessage> batch = new ArrayList<>(receive(spec.batchSize(), LONG_POLL));
    long until = System.nanoTime() + spec.window().toNanos();
    while (!batch.isEmpty() && batch.size() < spec.batchSize() && !closing) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        break;
      }
      // SQS waits whole seconds; without one it answers at once.
      Duration wait = Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(left));
      List<SqsMessage> more = receive(spec.batchSize() - batch.size(), wait);
      if (more.isEmpty() && wait.isZero()) {
        Thread.sleep(Math.min(PAUSE.toMillis(), TimeUnit.NANOSECONDS.toMillis(left) + 1));
      }
      batch.addAll(more);
    }
    return batch;
  }

  private List<SqsMessage> receive(int most, Duration wait)
      throws IOException, InterruptedException {
    tally.requests.incrementAndGet();
    return polls.receive(spec.queue().url(), Math.min(most, MOST_RECEIVED), wait);
  }

  private void settle(List<SqsMessage> batch, InvokeResult result)
      throws IOException, InterruptedException {
    tally.invocations.incrementAndGet();
    tally.delivered.addAndGet(batch.size());
    switch (result) {
      case InvokeResult.Answered answered -> delete(batch, verdict(batch, answered));
      case InvokeResult.FunctionError _ -> tally.errors.incrementAndGet();
      case InvokeResult.TooLarge _ -> tally.errors.incrementAndGet();
      case InvokeResult.Throttled _ -> {
        tally.throttled.incrementAndGet();
        Thread.sleep(PAUSE);
      }
    }
  }

  private BatchVerdict verdict(List<SqsMessage> batch, InvokeResult.Answered answered) {
    Set<String> ids = new HashSet<>();
    batch.forEach(message -> ids.add(message.messageId()));
    BatchVerdict verdict =
        spec.reportBatchItemFailures()
            ? BatchVerdict.of(answered.payload(), ids)
            : new BatchVerdict(ids, true);
    if (!verdict.wellFormed()) {
      tally.refused.incrementAndGet();
    }
    return verdict;
  }

  private void delete(List<SqsMessage> batch, BatchVerdict verdict)
      throws IOException, InterruptedException {
    List<SqsMessage> done =
        batch.stream().filter(message -> verdict.done().contains(message.messageId())).toList();
    for (int from = 0; from < done.size(); from += MOST_RECEIVED) {
      List<SqsMessage> some = done.subList(from, Math.min(done.size(), from + MOST_RECEIVED));
      tally.requests.incrementAndGet();
      int kept = deletes.delete(spec.queue().url(), some);
      tally.deleted.addAndGet(some.size() - kept);
    }
  }

  /// Stops polling, and returns when the batches that run are settled.
  @Override
  public void close() {
    closing = true;
    polls.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
        throw new IllegalStateException("a function did not end in " + END_SECONDS + " s");
      }
    } catch (InterruptedException _) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      deletes.close();
    }
  }
}
