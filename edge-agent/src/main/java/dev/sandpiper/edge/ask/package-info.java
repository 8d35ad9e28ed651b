/// Answers questions from the documents: finds passages, lets a model read them, and lets through
/// of its answer what the passages bear out.
///
/// Called by: the conversation, through [dev.sandpiper.edge.talk.Asker]. Calls: `library`, `llm`,
/// `queue` for looking. Invariant: what stands in a document is data: whatever a model makes of it,
/// it chooses no recipient, address, tool, time or spend.
@NullMarked
package dev.sandpiper.edge.ask;

import org.jspecify.annotations.NullMarked;
