/// Cuts a document into pieces for retrieval.
///
/// Called by: `functions`. Calls: `document`, and `render.markdown` for the text. Invariant: no
/// chunk is larger than the bound, none is empty, and the same document always gives the same
/// chunks.
@NullMarked
package dev.sandpiper.parser.chunk;

import org.jspecify.annotations.NullMarked;
