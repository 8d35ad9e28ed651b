/// Filled cells of a sheet, and the tables a person sees in them.
///
/// Called by: readers of spreadsheets. Calls: `document`, `task`. Invariant: work is linear in the
/// filled cells, however far apart they lie and however merges overlap.
@NullMarked
package dev.sandpiper.parser.format.grid;

import org.jspecify.annotations.NullMarked;
