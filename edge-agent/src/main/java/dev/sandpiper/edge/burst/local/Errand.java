package dev.sandpiper.edge.burst.local;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One invocation in one worker, watched until it ends or must be ended.
record Errand(Worker worker, Invocation invocation, LocalOptions.WorkerLimits limits) {

  private static final long TICK_MILLIS = 200;

  /// What came of it.
  sealed interface End {
    /// The worker said something.
    record Said(Outcome outcome) implements End {}

    /// It must be killed; the reply says why.
    record Condemned(ParseReply reply) implements End {}
  }

  /// Waits for the outcome.
  ///
  /// @param wall the task's own time limit
  End await(Duration wall) throws InterruptedException {
    long end = System.nanoTime() + wall.plus(limits.grace()).toNanos();
    // Taken at the first tick: a look at the process table costs more than a short task.
    @Nullable Duration cpuBefore = null;
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return failed(
            FailCode.DEADLINE,
            "The worker %s was stopped: no answer within %,d ms. Raise the time limit or send the document in parts."
                .formatted(worker.name(), wall.toMillis()));
      }
      try {
        return new End.Said(
            invocation.outcome().get(Math.min(left, TICK_MILLIS), TimeUnit.MILLISECONDS));
      } catch (TimeoutException _) {
        if (cpuBefore == null) {
          cpuBefore = worker.vitals().cpu();
        }
        End excess = excess(cpuBefore);
        if (excess != null) {
          return excess;
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("outcomes never fail", e);
      }
    }
  }

  private @Nullable End excess(Duration cpuBefore) {
    Vitals vitals = worker.vitals();
    if (vitals.cpu().minus(cpuBefore).compareTo(limits.cpuTime()) > 0) {
      return failed(
          FailCode.DEADLINE,
          "The worker %s was stopped: it used more than %,d s of CPU time. Raise the CPU limit or send the document in parts."
              .formatted(worker.name(), limits.cpuTime().toSeconds()));
    }
    long mostMb = (long) limits.heapMb() + limits.nativeMb();
    if ((vitals.rssBytes() >> 20) > mostMb) {
      return failed(
          FailCode.OUT_OF_MEMORY,
          "The worker %s was stopped: it used more than %,d MiB of memory. Raise the worker's memory limit to parse this document."
              .formatted(worker.name(), mostMb));
    }
    if (written() > limits.maxResultBytes()) {
      return new End.Condemned(
          new ParseReply.Rejected(
              invocation.requestId(),
              RejectCode.OVER_LIMIT,
              "The worker %s was stopped: it wrote more than %,d bytes. Raise the result limit to parse this document."
                  .formatted(worker.name(), limits.maxResultBytes())));
    }
    return null;
  }

  private long written() {
    try {
      return worker.exchange().written();
    } catch (IOException _) {
      // A folder changed while it was measured: the next tick measures again.
      return 0;
    }
  }

  private End failed(FailCode code, String message) {
    return new End.Condemned(new ParseReply.Failed(invocation.requestId(), code, message));
  }
}
