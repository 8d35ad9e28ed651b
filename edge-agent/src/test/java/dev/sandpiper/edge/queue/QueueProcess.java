package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;

/// A process to kill: enqueues, claims, fails, finishes, and says each thing after its commit. A
/// full stop ends a line, so that one cut short is seen to be.
final class QueueProcess {

  private QueueProcess() {}

  /// Arguments: database, seed.
  public static void main(String[] args) {
    PrintStream said = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long seed = Long.parseLong(args[1]);
    Database database = Database.open(Path.of(args[0]), DatabaseOptions.defaults());
    JobQueue queue =
        new JobQueue(database, QueueOptions.defaults(), Clock.systemUTC(), new Random(seed));
    said.println("ready");
    for (int thread = 0; thread < 3; thread++) {
      Random random = new Random(seed * 31 + thread);
      Thread.ofPlatform().start(() -> work(database, queue, random, said));
    }
  }

  private static void work(Database database, JobQueue queue, Random random, PrintStream said) {
    while (true) {
      if (random.nextInt(3) > 0) {
        String subject = Long.toHexString(random.nextLong());
        database.<Long>write(
            tx -> queue.enqueue(tx, NewJob.of("parse", Priority.CHAT, subject, "{}")));
        said.println("accepted " + subject + " .");
      }
      Optional<Lease> lease = queue.claim();
      if (lease.isPresent()) {
        end(database, queue, lease.get(), random, said);
      }
    }
  }

  private static void end(
      Database database, JobQueue queue, Lease lease, Random random, PrintStream said) {
    String subject = lease.job().subject();
    if (random.nextInt(8) == 0) {
      database.<Disposition>write(
          tx -> queue.retry(tx, lease, FailureKind.TRANSIENT, "by chance", null));
      return;
    }
    boolean applied =
        database.<Boolean>write(tx -> {
          boolean current = queue.finish(tx, lease, "{\"token\":" + lease.token() + "}");
          if (current) {
            // The effect: an outcome that would show if it happened twice.
            tx.insert("INSERT INTO batches (label, created) VALUES (?, ?)", subject, lease.token());
          }
          return current;
        });
    if (applied) {
      said.println("finished " + subject + " " + lease.token() + " .");
    }
  }
}
