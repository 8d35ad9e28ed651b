package dev.sandpiper.edge.queue;

import dev.sandpiper.edge.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All watches as one.
record Watches(List<JobWatch> all) implements JobWatch {

  @Override
  public void abandoned(Tx tx, Job job, String reason) {
    all.forEach(watch -> watch.abandoned(tx, job, reason));
  }

  @Override
  public void ended(Tx tx, Job job, JobState state, @Nullable String reason) {
    all.forEach(watch -> watch.ended(tx, job, state, reason));
  }

  @Override
  public void resumed(Tx tx, Job job) {
    all.forEach(watch -> watch.resumed(tx, job));
  }
}
