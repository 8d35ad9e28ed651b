/// The letter of each week: what it cost, and what came of it.
///
/// Called by: the lanes for answers, and [dev.sandpiper.edge.Wiring]. Calls: `ledger`, `queue`,
/// `chat`, `people`, `talk`. Invariant: a week's letter, the note that it was written and the job
/// of the next one are one transaction.
@NullMarked
package dev.sandpiper.edge.work.letter;

import org.jspecify.annotations.NullMarked;
