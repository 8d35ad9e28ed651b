/// Where parsing happens: the port that local workers, a house machine and AWS implement.
///
/// Called by: `work`. Calls: `contract`. Invariant: a backend runs a task at most once per call and
/// always answers; it never decides about retries.
@NullMarked
package dev.sandpiper.edge.burst;

import org.jspecify.annotations.NullMarked;
