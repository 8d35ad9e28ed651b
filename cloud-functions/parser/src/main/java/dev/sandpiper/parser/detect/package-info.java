/// Tells formats, charsets and delimiters apart by content.
///
/// Called by: the façade, and readers of text formats for charsets and delimiters. Calls:
/// `document`-free leaves only: `format.Format` and `task`. Invariant: bounded reads, never a
/// regular expression over content, never an exception but
/// [dev.sandpiper.parser.task.ParseFailure].
@NullMarked
package dev.sandpiper.parser.detect;

import org.jspecify.annotations.NullMarked;
