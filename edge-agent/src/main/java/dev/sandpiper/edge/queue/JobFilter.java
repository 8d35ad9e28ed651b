package dev.sandpiper.edge.queue;

import org.jspecify.annotations.Nullable;

/// Which jobs to list, newest first. Parts are listed with their parent only.
///
/// @param state only jobs that stand so; `null` for all
/// @param batch only jobs of this batch; `null` for all
/// @param before only ids below this; [Long#MAX_VALUE] for the first page
/// @param limit most jobs to answer, 1 to 1000
public record JobFilter(@Nullable JobState state, @Nullable Long batch, long before, int limit) {

  public JobFilter {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("a page has 1 to 1000 jobs, not " + limit);
    }
  }

  /// The newest jobs.
  public static JobFilter newest(int limit) {
    return new JobFilter(null, null, Long.MAX_VALUE, limit);
  }

  /// The newest jobs that stand so.
  public static JobFilter in(JobState state, int limit) {
    return new JobFilter(state, null, Long.MAX_VALUE, limit);
  }
}
