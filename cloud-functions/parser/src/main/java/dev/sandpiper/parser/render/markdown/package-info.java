/// Writes a document tree as CommonMark with GFM tables and footnotes.
///
/// Called by: `functions`, and `chunk` for the text of chunks. Calls: `document` only. Invariant:
/// text is escaped, never dropped; what is written reads back as the same text.
@NullMarked
package dev.sandpiper.parser.render.markdown;

import org.jspecify.annotations.NullMarked;
