package dev.sandpiper.edge.burst;

/// Lets as many jobs be begun as can be worked on: a job that is taken too early waits where a more
/// urgent one cannot overtake it.
public interface Turnstile {

  /// Lets everybody through.
  Turnstile OPEN =
      new Turnstile() {
        @Override
        public void enter() {}

        @Override
        public void claimed() {}

        @Override
        public void leave() {}
      };

  /// Waits until there is room for one more job, and a turn to look for it.
  void enter() throws InterruptedException;

  /// The turn is over: a job was found, or the search given up.
  void claimed();

  /// The job has ended. Follows every [#enter] that returned.
  void leave();
}
