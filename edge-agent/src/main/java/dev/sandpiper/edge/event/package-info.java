/// What happened, for those who listen right now.
///
/// Called by: `intake` and `work` (publish), `http` (listen). Calls: nothing. Invariant: bounded;
/// an event is a hint that something changed, never the only record of it.
@NullMarked
package dev.sandpiper.edge.event;

import org.jspecify.annotations.NullMarked;
