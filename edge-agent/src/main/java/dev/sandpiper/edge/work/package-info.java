/// What jobs do: lanes that claim jobs and hand each to the work that knows its kind.
///
/// Called by: [dev.sandpiper.edge.EdgeAgent]. Calls: `queue`, and the sub-packages through
/// [JobWork]. Invariant: a claimed job is finished, retried, parked or released; a lane survives
/// whatever a job does.
@NullMarked
package dev.sandpiper.edge.work;

import org.jspecify.annotations.NullMarked;
