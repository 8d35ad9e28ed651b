/// Where parsing happens: the port that local workers, a house machine and AWS implement.
///
/// Called by: `work`, `http` to see and close the way to the cloud. Calls: `contract`, and `store`
/// to remember how a far backend stands. Invariant: a backend runs a task at most once per call and
/// always answers; it never decides about retries. A far one may refuse a task instead.
@NullMarked
package dev.sandpiper.edge.burst;

import org.jspecify.annotations.NullMarked;
