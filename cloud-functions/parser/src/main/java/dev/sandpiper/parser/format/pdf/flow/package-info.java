/// Stage B: page records become blocks, with headings, lists and paragraphs judged over the whole
/// document.
///
/// Called by: `format.pdf`. Calls: `document`, the records of `format.pdf.page`. Invariant: knows
/// nothing of PDFBox; the same records always give the same blocks.
@NullMarked
package dev.sandpiper.parser.format.pdf.flow;

import org.jspecify.annotations.NullMarked;
