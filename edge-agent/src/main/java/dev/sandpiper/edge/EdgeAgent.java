package dev.sandpiper.edge;

import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.http.AgentFile;
import dev.sandpiper.edge.http.HttpServer;
import dev.sandpiper.edge.intake.FolderWatcher;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.work.WorkLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The agent as an object: `start` it, `close` it. Parts are started in the order a message travels
/// backwards, so that nothing comes in before everything behind it stands, and closed the other way
/// round.
public final class EdgeAgent implements AutoCloseable {

  /// A blob without a document is kept this long: an upload may still be on its way to its
  /// transaction.
  private static final Duration ORPHAN_AGE = Duration.ofHours(1);

  private final AgentConfig config;
  private final Journal journal;
  private final @Nullable ConversationSource talk;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stopping;
  private int port;

  /// An agent that is not started yet.
  public EdgeAgent(AgentConfig config, Journal journal) {
    this(config, journal, null);
  }

  /// The same with other channels, commands and answers.
  EdgeAgent(AgentConfig config, Journal journal, @Nullable ConversationSource talk) {
    this.config = config;
    this.journal = journal;
    this.talk = talk;
  }

  /// Starts it; when this returns `true` it takes documents until it is closed.
  ///
  /// @return `false` when it was closed meanwhile, from another thread
  /// @throws RuntimeException with a message for a person; everything opened is closed again
  public boolean start(Environment environment, Distribution distribution) {
    synchronized (open) {
      try {
        return startParts(new Wiring(config), environment, distribution);
      } catch (IOException e) {
        close();
        throw new AgentException("The agent cannot start: " + DiskFailure.words(e) + ".", e);
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }
  }

  private boolean startParts(Wiring wiring, Environment environment, Distribution distribution)
      throws IOException {
    opened(wiring.loop());
    Wiring.Shelves shelves = opened(wiring.openShelves());
    int adrift = shelves.ledger().recover();
    if (adrift > 0) {
      journal.warn("purchases-adrift", "count", adrift);
    }
    shelves
        .ledger()
        .watch(pause ->
            journal.warn("workflow-paused", "workflow", pause.workflow(), "seen", pause.seen()));
    BurstBackend workers =
        opened(wiring.localBackend(distribution, config.home().resolve("workers"), true, journal));
    Bursts bursts = opened(wiring.bursts(distribution, shelves, workers, journal));
    WorkLoop loop = opened(wiring.workLoop(shelves, bursts, journal));
    Intake intake = wiring.intake(shelves);
    Optional<Conversation> conversation =
        wiring
            .conversation(
                source(
                    new AgentTalk.World(
                        environment,
                        wiring::caller,
                        distribution,
                        wiring.surroundings(shelves, bursts))),
                shelves,
                intake,
                journal)
            .map(this::opened);
    conversation.ifPresent(talking -> talking.documentWorks().forEach(loop::add));
    Wiring.Served served = new Wiring.Served(intake, bursts, conversation);
    HttpServer http = opened(wiring.httpServer(shelves, served, environment, journal));
    if (stopping) {
      return false; // before any job is begun
    }
    shelves.queue().addListener(loop::stopCancelled);
    loop.start();
    port = http.start();
    for (Path folder : config.intake().folders()) {
      FolderWatcher watcher = opened(new FolderWatcher(folder, config.intake(), intake, journal));
      shelves.queue().addListener(watcher::outcomesChanged);
      watcher.start();
    }
    conversation.ifPresent(Conversation::start);
    new AgentFile(ProcessHandle.current().pid(), port).write(config.home());
    open.push(() -> AgentFile.remove(config.home()));
    bursts
        .cloud()
        .ifPresent(cloud -> Thread.ofVirtual().name("cloud-clean-up").start(cloud::cleanUp));
    Thread.ofVirtual().name("sweep").start(() -> sweep(wiring, shelves, conversation));
    journal.info(
        "ready",
        "home",
        config.home(),
        "address",
        config.http().bind() + ":" + port,
        "workers",
        bursts.backend().slots(),
        "folders",
        config.intake().folders().size());
    return true;
  }

  private ConversationSource source(AgentTalk.World world) {
    return talk == null ? new AgentTalk(world) : talk;
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private void sweep(Wiring wiring, Wiring.Shelves shelves, Optional<Conversation> conversation) {
    try {
      int swept =
          shelves
              .blobs()
              .sweep(
                  ORPHAN_AGE,
                  wiring.clock(),
                  blob ->
                      shelves.library().references(blob)
                          || shelves.queue().view().mentions(blob)
                          || conversation.map(c -> c.mentions(blob)).orElse(false));
      if (swept > 0) {
        journal.info("blobs-swept", "count", swept);
      }
    } catch (IOException e) {
      journal.warn("sweep-failed", "reason", DiskFailure.words(e));
    } catch (RuntimeException e) {
      journal.warn("sweep-failed", "reason", e);
    }
  }

  /// The port its HTTP server listens on.
  public int port() {
    return port;
  }

  /// Waits until the agent is closed.
  public void awaitClose() throws InterruptedException {
    stopped.await();
  }

  /// Whether it was closed, or could not start.
  boolean isClosed() {
    return stopped.getCount() == 0;
  }

  /// Stops taking documents, gives running jobs back to the queue, ends the workers, closes the
  /// database. A start that is under way ends first, at the next step.
  @Override
  public void close() {
    stopping = true;
    synchronized (open) {
      while (!open.isEmpty()) {
        try {
          open.pop().close();
        } catch (Exception e) {
          journal.warn("close-failed", "reason", e);
        }
      }
    }
    stopped.countDown();
  }
}
