/// Reads Rich Text Format (RTF).
///
/// Called by: the parser's wiring. Calls: `flow`, `document`. Invariant: one pass over the bytes;
/// nesting is bounded; binary data and destinations without text are passed over, never held.
@NullMarked
package dev.sandpiper.parser.format.rtf;

import org.jspecify.annotations.NullMarked;
