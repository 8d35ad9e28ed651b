/// When something far away is left alone, and when it is tried again.
///
/// Called by: `burst.route`, `llm.route`. Calls: nothing. Invariant: while it rests, at most one
/// task at a time tries it.
@NullMarked
package dev.sandpiper.edge.circuit;

import org.jspecify.annotations.NullMarked;
