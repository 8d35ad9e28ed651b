/// Ollama's own API: models on a machine in the house.
///
/// Called by: wiring. Calls: `llm.wire`. Invariant: a count that Ollama leaves out is estimated,
/// and the usage says so.
@NullMarked
package dev.sandpiper.edge.llm.ollama;

import org.jspecify.annotations.NullMarked;
