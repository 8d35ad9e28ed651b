/// Stage A: one PDF page becomes a [PageRecord] of lines, tables, pictures and comments in reading
/// order, and its JSON.
///
/// Called by: `format.pdf`; the records also by `format.pdf.flow`. Calls: PDFBox, `document` for
/// boxes. Invariant: a page's record depends on that page alone, and is equal after a round trip
/// through JSON.
@NullMarked
package dev.sandpiper.parser.format.pdf.page;

import org.jspecify.annotations.NullMarked;
