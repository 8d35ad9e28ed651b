/// Reads PDF in two stages: `page` turns each page into a record on its own, `flow` joins records
/// into a document.
///
/// Called by: [dev.sandpiper.parser.DocumentParser]. Calls: `page`, `flow`, PDFBox. Invariant: a
/// document parsed whole equals the join of any partition of its pages, byte for byte.
@NullMarked
package dev.sandpiper.parser.format.pdf;

import org.jspecify.annotations.NullMarked;
