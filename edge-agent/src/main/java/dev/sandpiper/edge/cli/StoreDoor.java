package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.intake.Receipt;
import dev.sandpiper.edge.intake.Submission;
import dev.sandpiper.edge.library.BatchProgress;
import dev.sandpiper.edge.queue.Priority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Straight into the store, while no agent runs.
record StoreDoor(Workshop.Desk desk) implements SubmitDoor {

  @Override
  public long openBatch(String label) {
    return desk.database().write(tx -> desk.library().openBatch(tx, label));
  }

  @Override
  public Sent submit(Path file, String name, long batch, Set<String> tags) {
    Submission submission = new Submission(name, null, "cli", Priority.BULK, batch, tags);
    try (InputStream in = Files.newInputStream(file)) {
      return switch (desk.intake().accept(in, submission)) {
        case Receipt.Queued _ -> new Sent(true, "queued");
        case Receipt.Known _ -> new Sent(true, "parsed");
        case Receipt.AlreadyQueued _ -> new Sent(true, "pending");
        case Receipt.FailedBefore(var _, String reason) -> new Sent(true, reason);
        case Receipt.Refused(var _, String message) -> new Sent(false, message);
      };
    } catch (IOException e) {
      return new Sent(false, "cannot be read: " + DiskFailure.words(e));
    }
  }

  @Override
  public Counts counts(long batch) {
    BatchProgress progress = desk.library().batch(batch).orElseThrow();
    return new Counts(
        progress.total(),
        progress.pending(),
        progress.parsed(),
        progress.failed(),
        progress.parked());
  }

  @Override
  public boolean isWorking() {
    return false;
  }
}
