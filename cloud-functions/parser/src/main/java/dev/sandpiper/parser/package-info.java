/// The façade: bytes in, a [dev.sandpiper.parser.document.Document] with warnings out.
///
/// Called by: `functions`, and anyone who embeds the parser. Calls: `detect` to name the format,
/// `format` to read it; `render` and `chunk` work on what comes out. Invariant: no AWS, no clock,
/// no network; content never makes it throw anything but [dev.sandpiper.parser.task.ParseFailure].
@NullMarked
package dev.sandpiper.parser;

import org.jspecify.annotations.NullMarked;
