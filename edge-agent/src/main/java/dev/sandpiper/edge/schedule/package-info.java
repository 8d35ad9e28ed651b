/// Time in: what is to be said, asked or told later, once or again and again.
///
/// Called by: the commands, a model's tools, `work.remind`, `work.answer`, the terminal. Calls:
/// `rhythm`, `store`, `queue`, `people`, `channel`. Invariant: a schedule has one job, due at its
/// next planned time; the record of a planned time, its effect and the next job are one
/// transaction, and no planned time is recorded twice.
@NullMarked
package dev.sandpiper.edge.schedule;

import org.jspecify.annotations.NullMarked;
