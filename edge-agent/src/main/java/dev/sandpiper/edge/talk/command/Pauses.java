package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.store.Tx;
import java.util.List;

/// Workflows that buy nothing until somebody says that they are well.
public interface Pauses {

  /// Those that are paused.
  List<String> workflows();

  /// Lets one go on.
  void resume(Tx tx, String workflow);

  /// Nothing is ever paused.
  static Pauses none() {
    return new Pauses() {
      @Override
      public List<String> workflows() {
        return List.of();
      }

      @Override
      public void resume(Tx tx, String workflow) {
        // there is none
      }
    };
  }
}
