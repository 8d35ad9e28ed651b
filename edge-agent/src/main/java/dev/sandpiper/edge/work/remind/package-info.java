/// Says and asks what was planned, when it is due.
///
/// Called by: the lanes for answers. Calls: `schedule`, `chat`, `people`, `talk`. Invariant: a
/// planned time's effect, the end of its job and the job of the next time are one transaction.
@NullMarked
package dev.sandpiper.edge.work.remind;

import org.jspecify.annotations.NullMarked;
