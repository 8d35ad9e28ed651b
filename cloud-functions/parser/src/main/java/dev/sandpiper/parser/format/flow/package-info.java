/// What readers of flowing documents share to build blocks: text of several styles, nested lists,
/// tables with merged cells, wrapped lines.
///
/// Called by: readers of office formats, plain text and mail. Calls: `document`, `task`. Invariant:
/// work is linear in the input, and characters and cells are spent from the budget as they are
/// added.
@NullMarked
package dev.sandpiper.parser.format.flow;

import org.jspecify.annotations.NullMarked;
