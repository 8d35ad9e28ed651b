/// The durable heart: jobs that are accepted once, tried again when they may be, and end once.
///
/// Called by: `intake`, `work`, `library`, `http`, `cli`. Calls: `store`. Invariant: a job is held
/// by at most one lease, and only the holder of the newest one can end it.
@NullMarked
package dev.sandpiper.edge.queue;

import org.jspecify.annotations.NullMarked;
