/// What providers say they were paid, compared with the ledger.
///
/// Called by: `cli` and [dev.sandpiper.edge.Wiring]. Calls: `ledger`, `config`, `store`. Invariant:
/// what is adrift is settled by what a bill leaves over, to the millionth of a dollar, or left.
@NullMarked
package dev.sandpiper.edge.bill;

import org.jspecify.annotations.NullMarked;
