/// Prompts: what models are told, as versioned files that the owner may replace.
///
/// Called by: whoever asks a model, the router, the commands. Calls: nothing. Invariant: a
/// published version never changes, so that an answer can be traced to the words that made it; what
/// is filled into a prompt is never read as part of it.
@NullMarked
package dev.sandpiper.edge.llm.prompts;

import org.jspecify.annotations.NullMarked;
