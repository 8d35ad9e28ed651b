/// The agent: it starts and stops, and it is wired here.
///
/// Called by: `cli`. Calls: every feature package; `Wiring` is the only class that calls adapters'
/// constructors. Invariant: a job accepted is never lost, and its effect happens once.
@NullMarked
package dev.sandpiper.edge;

import org.jspecify.annotations.NullMarked;
