package dev.sandpiper.edge.cli;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.bill.Bill;
import dev.sandpiper.edge.bill.Comparison;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.ledger.CloudUsage;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.ledger.Statement;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.JobView;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the command line needs built; the root package implements it.
public interface Workshop {

  /// Runs the agent until the process is told to stop.
  void runAgent(AgentConfig config, Environment environment) throws InterruptedException;

  /// Workers for parsing without an agent.
  BurstBackend openBackend(AgentConfig config);

  /// When splitting a document pays with so many workers.
  SplitPolicy splitPolicy(int slots);

  /// The store for changes; refused by `StoreException` while an agent holds it.
  Desk openStore(AgentConfig config);

  /// The store for reading, beside an agent too.
  ReadingRoom openReader(AgentConfig config);

  /// Everything that can be checked from outside.
  List<CheckResult> doctor(AgentConfig config);

  /// Whether there is a store to read.
  boolean hasState(AgentConfig config);

  /// Asks every language model a tiny question, which costs a few tokens.
  List<CheckResult> checkModels(AgentConfig config, Environment environment)
      throws InterruptedException;

  /// The time, for commands.
  default InstantSource clock() {
    return InstantSource.system();
  }

  /// Randomness nobody can guess, for commands.
  default RandomGenerator random() {
    return new SecureRandom();
  }

  /// Whether this machine can show the cloud who it is; bursts are on.
  List<CheckResult> identityCheck(AgentConfig config);

  /// The file of what the cloud costs; it may be missing.
  Path cloudPrices();

  /// Whether the cloud can be used with this configuration: each thing it needs, in the order in
  /// which it matters. Nothing is parsed.
  List<CheckResult> cloudCheck(AgentConfig config);

  /// What the cloud was used for, by day, the oldest first; empty when it never was. Can be asked
  /// beside an agent.
  List<CloudUsage.Day> cloudUsage(AgentConfig config);

  /// What there is to show of money for some days. Can be asked beside an agent.
  Spent spent(AgentConfig config, LocalDate from, LocalDate to);

  /// What was spent.
  ///
  /// @param people names by number
  record Spent(Statement statement, Map<Long, String> people) {
    public Spent {
      people = Map.copyOf(people);
    }
  }

  /// A bill beside the ledger. Can be asked beside an agent.
  ///
  /// @param provider whose models the bill is of; empty: those that it names
  Comparison compare(AgentConfig config, Bill bill, Optional<String> provider);

  /// Settles what a bill found, while no agent runs.
  ///
  /// @return how many
  int settle(AgentConfig config, List<Comparison.Found> found);

  /// Workflows that are paused. Can be asked beside an agent.
  List<Refusal.Paused> pauses(AgentConfig config);

  /// Lets a workflow go on, while no agent runs.
  void resume(AgentConfig config, String workflow);

  /// This device's documents in the cloud, for a home that was lost.
  ///
  /// @throws CliException when bursts are off
  CloudDesk openCloud(AgentConfig config);

  /// Documents that were left in the cloud.
  interface CloudDesk extends AutoCloseable {

    /// What is there.
    ///
    /// @throws CliException when the cloud cannot be asked
    List<CloudDocument> list();

    /// Writes a document's bytes to `target`, which must not exist, and makes sure of its hash.
    ///
    /// @throws CliException when it cannot be had
    void fetch(CloudDocument document, Path target);

    /// Sends a document through the cloud, takes its outcome, and leaves nothing there.
    ///
    /// @param direct by an invocation of the function; else by S3 and SQS, as in a burst
    /// @throws CliException when the cloud does not take it
    ParseReply parse(Path file, boolean direct);

    /// Removes a document from the cloud: it has been accepted at home.
    ///
    /// @throws CliException when it cannot be removed
    void drop(CloudDocument document);

    @Override
    void close();
  }

  /// A document in the cloud.
  ///
  /// @param key where it is
  /// @param sha256 its hash
  /// @param name the name it was submitted under
  /// @param mediaType what its sender claimed; `null` when unknown
  record CloudDocument(
      String key, String sha256, long size, String name, @Nullable String mediaType) {}

  /// The opened store.
  record Desk(Database database, BlobStore blobs, Library library, JobQueue queue, Intake intake)
      implements AutoCloseable {
    @Override
    public void close() {
      database.close();
    }
  }

  /// The store opened for reading.
  record ReadingRoom(Database database, BlobStore blobs, Library library, JobView jobs)
      implements AutoCloseable {
    @Override
    public void close() {
      database.close();
    }
  }
}
