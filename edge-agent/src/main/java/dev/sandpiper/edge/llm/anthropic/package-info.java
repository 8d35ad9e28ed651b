/// Anthropic's Messages.
///
/// Called by: wiring. Calls: `llm.wire`. Invariant: input tokens include what was read from the
/// cache and written into it, although the API counts them apart.
@NullMarked
package dev.sandpiper.edge.llm.anthropic;

import org.jspecify.annotations.NullMarked;
