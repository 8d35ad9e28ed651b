/// Makes vectors of what was parsed, when there is a model for it: slowly, behind everything else.
///
/// Called by: the work loop. Calls: `library` for what is missing, `llm` for vectors, `queue`.
/// Invariant: there is one such job at most; whatever ends it, the next one goes on where it was.
@NullMarked
package dev.sandpiper.edge.work.embed;

import org.jspecify.annotations.NullMarked;
