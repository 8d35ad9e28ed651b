package dev.sandpiper.edge.cli;

import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.JobView;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import java.util.List;

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
