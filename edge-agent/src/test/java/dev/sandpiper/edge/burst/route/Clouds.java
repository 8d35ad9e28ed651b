package dev.sandpiper.edge.burst.route;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.burst.RemoteBackend;
import dev.sandpiper.edge.health.CheckResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A backend whose answers a test decides.
final class Clouds implements RemoteBackend {

  private final String name;
  private final int slots;

  /// One is taken for each task before it is answered.
  final Semaphore answers = new Semaphore(0);

  /// Ids of the tasks it was given.
  final List<String> given = Collections.synchronizedList(new ArrayList<>());

  final AtomicInteger settled = new AtomicInteger();

  volatile @Nullable Fault fault;
  volatile @Nullable FailCode failure;
  volatile RejectCode rejection = RejectCode.ENCRYPTED;

  Clouds(String name, int slots) {
    this.name = name;
    this.slots = slots;
  }

  static BurstTask.Parse task(String id) {
    return new BurstTask.Parse(
        id,
        new BurstTask.DocumentFile(id, "0".repeat(64), 1, null, Path.of("none")),
        null,
        Set.of(Output.MARKDOWN),
        SplitPolicy.NONE,
        Limits.DEFAULT);
  }

  @Override
  public Attempt attempt(BurstTask.Parse task) throws InterruptedException {
    given.add(task.requestId());
    answers.acquire();
    Fault now = fault;
    return now == null
        ? new Attempt.Answered(answer(task))
        : new Attempt.Refused(now, "the cloud says " + now);
  }

  @Override
  public BurstAnswer run(BurstTask task) throws InterruptedException {
    given.add(task.requestId());
    answers.acquire();
    return answer(task);
  }

  private BurstAnswer answer(BurstTask task) {
    FailCode code = failure;
    ParseReply reply =
        code == null
            ? new ParseReply.Rejected(task.requestId(), rejection, "not this")
            : new ParseReply.Failed(task.requestId(), code, "not now");
    return new BurstAnswer(reply, null, name, settled::incrementAndGet);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public CheckResult check() {
    return CheckResult.ok(name, "works");
  }

  @Override
  public void close() {}
}
