/// Money: what the cloud was used for, and so what it costs.
///
/// Called by: [dev.sandpiper.edge.Wiring], and `cli` for reading. Calls: `store`. Invariant: a
/// count only grows; it is what this machine asked for, not what a bill says.
@NullMarked
package dev.sandpiper.edge.ledger;

import org.jspecify.annotations.NullMarked;
