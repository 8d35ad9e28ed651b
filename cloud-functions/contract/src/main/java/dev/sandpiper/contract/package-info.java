/// What crosses the wire between the edge and a parsing function, version 1.
///
/// Called by: `functions` (reads requests, writes replies) and the edge's `burst` and `work`
/// packages (the other way round). Calls: jackson-core's streaming reader and writer, nothing else.
/// Invariant: no clock, no I/O of its own, no reflection; a document's content always streams and
/// is never required in memory.
@NullMarked
package dev.sandpiper.contract;

import org.jspecify.annotations.NullMarked;
