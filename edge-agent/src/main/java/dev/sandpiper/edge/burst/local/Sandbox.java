package dev.sandpiper.edge.burst.local;

import java.util.List;

/// A way to confine a worker.
sealed interface Sandbox permits Sandbox.None {

  /// Its name in messages.
  String label();

  /// Whether the worker gets a network of its own and reaches the agent by a unix socket only.
  boolean ownNetwork();

  /// The command that runs `launch` confined.
  List<String> wrap(Launch launch, List<String> command);

  /// Limits only.
  record None() implements Sandbox {
    @Override
    public String label() {
      return "none";
    }

    @Override
    public boolean ownNetwork() {
      return false;
    }

    @Override
    public List<String> wrap(Launch launch, List<String> command) {
      return command;
    }
  }
}
