/// What the models' adapters have in common: calls with their times, streams, answers that grow,
/// failures in words.
///
/// Called by: the adapters beside it. Calls: `net`, `json`. Invariant: every answer is bounded, and
/// every end of a call, good or bad, says what was used.
@NullMarked
package dev.sandpiper.edge.llm.wire;

import org.jspecify.annotations.NullMarked;
