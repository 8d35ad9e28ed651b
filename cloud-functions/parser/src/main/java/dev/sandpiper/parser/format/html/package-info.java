/// HTML pages: markup into blocks, and the main text apart from what surrounds it.
///
/// Called by: [dev.sandpiper.parser.DocumentParser]; [HtmlBlocks] also by `format.epub` and
/// `format.mail`, whose content is HTML. Calls: jsoup, `detect` for undeclared charsets. Invariant:
/// nothing is fetched or run; depth and size are bounded; a simple page loses nothing.
@NullMarked
package dev.sandpiper.parser.format.html;

import org.jspecify.annotations.NullMarked;
