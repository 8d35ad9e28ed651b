/// Which model is asked, and what stands in for it: fallback, circuits, keys, limits, the cache of
/// answers, the log of calls, the hidden second answer.
///
/// Called by: whoever asks a model, through [dev.sandpiper.edge.llm.Models]; the commands for
/// reading. Calls: the models' adapters through [Adapters], `store`. Invariant: every call that was
/// begun has one row in the log, however it ended; a key is never written down.
@NullMarked
package dev.sandpiper.edge.llm.route;

import org.jspecify.annotations.NullMarked;
