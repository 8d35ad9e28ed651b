/// Google's Gemini: content generated in a stream, and embeddings.
///
/// Called by: wiring. Calls: `llm.wire`. Invariant: output tokens include thoughts, although the
/// API counts them apart; the key goes in a header, never in an address.
@NullMarked
package dev.sandpiper.edge.llm.gemini;

import org.jspecify.annotations.NullMarked;
