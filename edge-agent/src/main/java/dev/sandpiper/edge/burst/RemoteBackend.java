package dev.sandpiper.edge.burst;

/// A backend far away: it may refuse a task, which then is done elsewhere.
public interface RemoteBackend extends BurstBackend {

  /// What came of it.
  sealed interface Attempt {

    /// The function has answered.
    record Answered(BurstAnswer answer) implements Attempt {}

    /// The task was not taken, or its result never came. Nothing of it is left with the caller.
    ///
    /// @param message what happened and what to do next, for a person
    record Refused(Fault fault, String message) implements Attempt {}
  }

  /// Runs one task there and waits for what comes of it.
  ///
  /// @throws InterruptedException when the caller is interrupted; nobody waits for the task then
  Attempt attempt(BurstTask.Parse task) throws InterruptedException;
}
