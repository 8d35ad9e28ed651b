/// Time in: what is to be said or asked later, once or again and again.
///
/// Called by: the commands, a model's tools, `work.remind`. Calls: `store`, `queue`, `people`,
/// `channel`. Invariant: a schedule has one job, due at its next planned time; both change in one
/// transaction, so each planned time is met once.
@NullMarked
package dev.sandpiper.edge.schedule;

import org.jspecify.annotations.NullMarked;
