/// EPUB 2 and 3 books.
///
/// Called by: [dev.sandpiper.parser.DocumentParser]. Calls: `format.container` for the zip and its
/// XML, `format.html` for chapters. Invariant: chapters come in the order of the spine, each once;
/// a book locked by rights management is `ENCRYPTED`.
@NullMarked
package dev.sandpiper.parser.format.epub;

import org.jspecify.annotations.NullMarked;
