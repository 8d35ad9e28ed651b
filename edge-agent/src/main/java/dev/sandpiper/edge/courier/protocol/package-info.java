/// What the agent and its courier say to each other: one JSON object a line, orders down, notices
/// up.
///
/// Called by: `courier` and the agent's side of it. Calls: `contract`, and the records of `config`
/// and `health` that travel. Invariant: what one side writes the other reads back equal; a line is
/// never longer than [Lines#MAX_BYTES]; each field's name stands in `Word` once. No AWS class.
@NullMarked
package dev.sandpiper.edge.courier.protocol;

import org.jspecify.annotations.NullMarked;
