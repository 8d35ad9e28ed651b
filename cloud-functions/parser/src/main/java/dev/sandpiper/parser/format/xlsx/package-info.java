/// Reads Excel workbooks (XLSX): each sheet's regions as tables of the values a person sees.
///
/// Called by: the parser's wiring. Calls: `ooxml`, `container`, `document`. Invariant: memory and
/// work are linear in the filled cells; a cell's number format is applied as Excel shows it, with
/// ISO dates where Excel would follow the reader's own settings.
@NullMarked
package dev.sandpiper.parser.format.xlsx;

import org.jspecify.annotations.NullMarked;
