package dev.sandpiper.edge.cli;

import java.nio.file.Path;
import java.util.Set;

/// Where submitted files go: to the running agent, or straight into its store.
interface SubmitDoor {

  /// What became of one file.
  ///
  /// @param accepted it is on the agent's disk
  /// @param detail why not, or how it stands
  record Sent(boolean accepted, String detail) {}

  /// How far a batch is.
  record Counts(long total, long pending, long parsed, long failed, long parked) {}

  long openBatch(String label);

  /// Takes a file in under its own name.
  default Sent submit(Path file, long batch, Set<String> tags) {
    return submit(file, String.valueOf(file.getFileName()), batch, tags);
  }

  /// Takes a file in under another name.
  Sent submit(Path file, String name, long batch, Set<String> tags);

  Counts counts(long batch);

  /// Whether anybody works on what is submitted.
  boolean isWorking();
}
