package dev.sandpiper.edge.burst;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.ledger.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pays for what is done in the cloud. Safe for use by several threads.
public interface Purse {

  /// Everything is paid for.
  Purse OPEN =
      new Purse() {
        @Override
        public Optional<Refusal> take(BurstTask.Parse task) {
          return Optional.empty();
        }

        @Override
        public void done(BurstTask.Parse task, @Nullable ParseReply reply) {
          // nothing was set aside
        }
      };

  /// Sees that there is money for a task.
  ///
  /// @return why there is none; empty: it may go, and [#done] must follow
  Optional<Refusal> take(BurstTask.Parse task);

  /// A task is over.
  ///
  /// @param reply what the function said; `null`: nothing came of it
  void done(BurstTask.Parse task, @Nullable ParseReply reply);
}
