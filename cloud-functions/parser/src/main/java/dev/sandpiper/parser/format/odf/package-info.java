/// Reads OpenDocument texts, spreadsheets and presentations (ODT, ODS, ODP).
///
/// Called by: the parser's wiring. Calls: `container`, `flow`, `grid`, `document`. Invariant: one
/// forward pass over the content; repeated rows and cells are spent from the budget before they are
/// made; tracked changes read as accepted.
@NullMarked
package dev.sandpiper.parser.format.odf;

import org.jspecify.annotations.NullMarked;
