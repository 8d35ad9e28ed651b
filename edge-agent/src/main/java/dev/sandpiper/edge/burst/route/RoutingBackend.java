package dev.sandpiper.edge.burst.route;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstControl;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.burst.Purse;
import dev.sandpiper.edge.burst.RemoteBackend;
import dev.sandpiper.edge.burst.Turnstile;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Local workers and the cloud as one backend. Parts of a document are joined at home, where their
/// results lie.
public final class RoutingBackend implements BurstBackend, BurstControl {

  /// A round trip to the cloud costs about a second: a part must be worth several.
  private static final long MIN_CLOUD_PART_MILLIS = 4_000;

  /// More parts than this gain nothing: joining them takes as long as they saved.
  private static final int MOST_CLOUD_PARTS = 32;

  private final BurstBackend local;
  private final RemoteBackend cloud;
  private final RouteOptions options;
  private final SplitPolicy localSplit;
  private final Purse purse;
  private final Gate gate;

  /// Answers that are being written to the disk: each is read while it is, so their number decides
  /// how much memory a burst takes.
  private final Semaphore writing;

  private final Journal journal;

  /// The two it chooses between.
  ///
  /// @param localSplit when splitting pays at home
  /// @param purse pays for the cloud
  public record Parts(
      BurstBackend local, RemoteBackend cloud, SplitPolicy localSplit, Purse purse) {
    /// A cloud that costs nothing.
    public Parts(BurstBackend local, RemoteBackend cloud, SplitPolicy localSplit) {
      this(local, cloud, localSplit, Purse.OPEN);
    }
  }

  public RoutingBackend(
      Parts parts,
      RouteOptions options,
      BackendMemory memory,
      InstantSource clock,
      Journal journal) {
    this.local = parts.local();
    this.cloud = parts.cloud();
    this.localSplit = parts.localSplit();
    this.purse = parts.purse();
    this.options = options;
    this.gate = new Gate(options, memory, clock, journal);
    this.writing = new Semaphore(options.localSlots() + Gate.SPARE_LANES, true);
    this.journal = journal;
  }

  @Override
  public String name() {
    return local.name() + "+" + cloud.name();
  }

  @Override
  public int slots() {
    return options.localSlots() + options.concurrency();
  }

  /// How many jobs may be begun.
  public Turnstile turnstile() {
    return gate;
  }

  /// When splitting a document pays now: in more parts while the cloud can be used, but only when
  /// each is worth the way there.
  public SplitPolicy splitPolicy() {
    int parts = Math.min(MOST_CLOUD_PARTS, slots());
    return gate.cloudWorks() && parts > localSplit.maxParts()
        ? new SplitPolicy(parts, Math.max(MIN_CLOUD_PART_MILLIS, localSplit.minPartMillis()))
        : localSplit;
  }

  @Override
  public BurstAnswer run(BurstTask task) throws InterruptedException {
    return switch (task) {
      case BurstTask.Join join -> atHome(join, gate.takeHome());
      case BurstTask.Parse parse -> {
        Gate.Place place = gate.take();
        yield place.cloud() ? inCloud(parse, place) : atHome(parse, place);
      }
    };
  }

  private BurstAnswer atHome(BurstTask task, Gate.Place place) throws InterruptedException {
    try {
      return local.run(task);
    } finally {
      gate.giveBack(place);
    }
  }

  private BurstAnswer inCloud(BurstTask.Parse task, Gate.Place place) throws InterruptedException {
    RemoteBackend.Attempt attempt;
    try {
      Optional<Refusal> refusal = purse.take(task);
      if (refusal.isPresent()) {
        gate.unpaid(place, refusal.get());
        return atHome(task, gate.takeHome());
      }
      gate.paid();
      attempt = paidFor(task);
    } catch (InterruptedException | RuntimeException e) {
      gate.giveBack(place);
      throw e;
    }
    return switch (attempt) {
      case RemoteBackend.Attempt.Answered(BurstAnswer answer) when !settles(answer.reply()) -> {
        answer.settled().run();
        gate.refused(place, Fault.INTERNAL, "The function in the cloud says: " + words(answer));
        yield atHome(task, gate.takeHome());
      }
      case RemoteBackend.Attempt.Answered(BurstAnswer answer) -> {
        gate.answered(place, isBusy(answer.reply()));
        yield handedOver(answer);
      }
      case RemoteBackend.Attempt.Refused refused -> {
        gate.refused(place, refused.fault(), refused.message());
        yield atHome(task, gate.takeHome());
      }
    };
  }

  private RemoteBackend.Attempt paidFor(BurstTask.Parse task) throws InterruptedException {
    @Nullable ParseReply reply = null;
    try {
      RemoteBackend.Attempt attempt = cloud.attempt(task);
      if (attempt instanceof RemoteBackend.Attempt.Answered(BurstAnswer answer)) {
        reply = answer.reply();
      }
      return attempt;
    } finally {
      purse.done(task, reply);
    }
  }

  /// Whether a reply is about the document. What tells of the cloud's own trouble (buckets it may
  /// not read, a package of another version, too little memory) must not end a document that can be
  /// parsed here: where there is doubt, the workers at home are the judges.
  private static boolean settles(ParseReply reply) {
    return switch (reply) {
      case ParseReply.Parsed _, ParseReply.Split _ -> true;
      case ParseReply.Rejected rejected ->
          switch (rejected.code()) {
            case ENCRYPTED, UNSUPPORTED_TYPE, OVER_LIMIT, UNREADABLE -> true;
            case MALFORMED_REQUEST, UNSUPPORTED_VERSION, HASH_MISMATCH, SOURCE_REFUSED, UNKNOWN ->
                false;
          };
      case ParseReply.Failed _ -> isBusy(reply);
    };
  }

  private static String words(BurstAnswer answer) {
    return switch (answer.reply()) {
      case ParseReply.Rejected rejected -> rejected.code().wire() + ": " + rejected.message();
      case ParseReply.Failed failed -> failed.code().wire() + ": " + failed.message();
      case ParseReply.Parsed _, ParseReply.Split _ -> "it is done";
    };
  }

  private static boolean isBusy(ParseReply reply) {
    return reply instanceof ParseReply.Failed failed && failed.code() == FailCode.THROTTLED;
  }

  /// Waits until there is memory for writing it.
  private BurstAnswer handedOver(BurstAnswer answer) throws InterruptedException {
    try {
      writing.acquire();
    } catch (InterruptedException e) {
      drop(answer.result());
      answer.settled().run();
      gate.settled();
      throw e;
    }
    AtomicBoolean open = new AtomicBoolean(true);
    return new BurstAnswer(
        answer.reply(),
        answer.result(),
        answer.worker(),
        () -> {
          if (open.compareAndSet(true, false)) {
            writing.release();
            gate.settled();
            answer.settled().run();
          }
        });
  }

  private void drop(@Nullable Path result) {
    try {
      if (result != null) {
        Files.deleteIfExists(result);
      }
    } catch (IOException e) {
      journal.warn("result-left", "file", result, "reason", e);
    }
  }

  @Override
  public BurstStatus status() {
    return gate.status();
  }

  @Override
  public BurstStatus drain() {
    gate.drain(true);
    return gate.status();
  }

  @Override
  public BurstStatus resume() {
    gate.drain(false);
    return gate.status();
  }

  /// The local workers: with them everything works, only slower.
  @Override
  public CheckResult check() {
    return local.check();
  }

  /// The cloud. It never fails: what it cannot do is done at home.
  public CheckResult checkCloud() {
    BurstStatus status = gate.status();
    return switch (status.state()) {
      case WORKING, OFF -> cloud.check();
      case DRAINING ->
          CheckResult.ok("cloud", "drained; waiting for " + status.inFlight() + " documents there");
      case DRAINED ->
          CheckResult.ok("cloud", "drained: documents are parsed here until it is resumed");
      case RESTING ->
          CheckResult.warn(
              "cloud",
              "cannot be used, documents are parsed here; tried again from " + status.retryAt(),
              String.valueOf(status.reason()));
    };
  }

  @Override
  public void close() {
    try {
      cloud.close();
    } finally {
      local.close();
    }
  }
}
