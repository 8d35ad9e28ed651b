package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.burst.RemoteBackend;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.CloudCounter;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Parses in AWS Lambda, through a courier process that is there only during a burst. Safe for use
/// by several threads.
public final class AwsBackend implements RemoteBackend {

  /// With more tasks than this the queue is the better way: ten of them share a request.
  private static final int MOST_DIRECT = 4;

  private static final String NAME = "aws";

  private final AwsOptions options;
  private final BackendMemory memory;
  private final Journal journal;
  private final CourierKeeper keeper;

  /// Nothing is started and nobody asked before the first task.
  ///
  /// @param usage is told what was used, from time to time
  public AwsBackend(
      AwsOptions options,
      BackendMemory memory,
      Consumer<Map<CloudCounter, Long>> usage,
      Journal journal) {
    this.options = options;
    this.memory = memory;
    this.journal = journal;
    this.keeper = new CourierKeeper(options, memory, usage, journal);
    sweep();
  }

  /// Results of an earlier life that nobody has taken in.
  private void sweep() {
    if (!Files.isDirectory(options.folder())) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(options.folder())) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      journal.warn("results-left", "folder", options.folder(), "reason", e);
    }
  }

  /// Removes from the cloud what an earlier life may have left there. May take a while; does
  /// nothing after a life that ended in good order.
  public void cleanUp() {
    keeper.cleanUp();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int slots() {
    return options.config().bounds().concurrency();
  }

  @Override
  public Attempt attempt(BurstTask.Parse task) throws InterruptedException {
    Courier courier;
    try {
      courier = keeper.take();
    } catch (CourierException e) {
      return new Attempt.Refused(e.fault(), e.words());
    }
    boolean kept = false;
    String id = memory.state().tag() + "-" + task.requestId();
    Path target = options.folder().toAbsolutePath().resolve(id + ".json");
    try {
      Order.Route route = isDirect(task, courier.open()) ? Order.Route.DIRECT : Order.Route.BURST;
      Attempt attempt =
          switch (courier.carry(new Order.Task(route, Requests.request(task, id, target)))) {
            case Notice.Answer answer -> answered(courier, answer, target);
            case Notice.Refused refused ->
                new Attempt.Refused(Requests.fault(refused.fault()), refused.message());
            case Notice other -> throw new IllegalStateException("a task's end is not " + other);
          };
      kept = attempt instanceof Attempt.Answered;
      return attempt;
    } finally {
      if (!kept) {
        keeper.leftBehind();
        drop(target);
        keeper.giveBack();
      }
    }
  }

  private void drop(Path result) {
    try {
      Files.deleteIfExists(result);
    } catch (IOException e) {
      journal.warn("result-left", "file", result, "reason", e);
    }
  }

  /// Straight to the function when somebody may be waiting for this one document.
  private boolean isDirect(BurstTask.Parse task, int open) {
    return options.config().plant().function().isPresent()
        && open < MOST_DIRECT
        && task.pages() == null
        && task.document().size() <= options.config().bounds().directLimit();
  }

  private Attempt answered(Courier courier, Notice.Answer answer, Path target)
      throws InterruptedException {
    @Nullable Path result = null;
    if (answer.reply() instanceof ParseReply.Parsed parsed) {
      try {
        result = Results.verified(target, answer.file(), parsed.stored());
      } catch (ClosedByInterruptException _) {
        courier.stored(answer.id());
        throw new InterruptedException("interrupted while a result was looked at");
      } catch (IOException e) {
        courier.stored(answer.id());
        return new Attempt.Refused(
            Fault.MISSING, "A result from AWS cannot be used: " + e.getMessage() + ".");
      }
    }
    keeper.answered();
    return new Attempt.Answered(
        new BurstAnswer(
            answer.reply(),
            result,
            NAME,
            () -> {
              courier.stored(answer.id());
              keeper.giveBack();
            }));
  }

  /// For a caller that has no other backend.
  @Override
  public BurstAnswer run(BurstTask task) throws InterruptedException {
    return switch (task) {
      case BurstTask.Join join ->
          new BurstAnswer(
              new ParseReply.Failed(
                  join.requestId(),
                  FailCode.SOURCE_UNAVAILABLE,
                  "Parts are joined where their results lie: on this machine."),
              null,
              NAME);
      case BurstTask.Parse parse ->
          switch (attempt(parse)) {
            case Attempt.Answered(BurstAnswer answer) -> answer;
            case Attempt.Refused(Fault fault, String message) ->
                new BurstAnswer(
                    new ParseReply.Failed(parse.requestId(), code(fault), message), null, NAME);
          };
    };
  }

  private static FailCode code(Fault fault) {
    return switch (fault) {
      case THROTTLED -> FailCode.THROTTLED;
      case MISSING -> FailCode.RESULT_UNAVAILABLE;
      case NETWORK, CREDENTIALS, CLOCK, DENIED -> FailCode.SOURCE_UNAVAILABLE;
      case INTERNAL -> FailCode.INTERNAL;
    };
  }

  /// How it stands as far as is known without asking: a look at the cloud costs a courier.
  @Override
  public CheckResult check() {
    String place =
        "%s as %s, up to %d documents at once"
            .formatted(
                options.config().plant().region(), options.config().plant().device(), slots());
    return keeper.foreign()
        ? CheckResult.warn(
            "cloud",
            place + "; it holds documents of an earlier home of this device",
            "Get them back: sandpiper cloud rebuild")
        : CheckResult.ok("cloud", place);
  }

  @Override
  public void close() {
    keeper.close();
  }
}
