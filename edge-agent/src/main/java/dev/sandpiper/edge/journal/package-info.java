/// What the agent writes about itself: one JSON object per line.
///
/// Called by: every component that has something to tell an operator. Calls: jackson-core.
/// Invariant: bounded lines, no secret ever, no write while idle.
@NullMarked
package dev.sandpiper.edge.journal;

import org.jspecify.annotations.NullMarked;
