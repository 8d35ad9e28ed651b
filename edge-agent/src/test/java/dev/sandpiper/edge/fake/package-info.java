/// Stand-ins for far sides.
///
/// Called by: `scripts/bench chat`, tests. Calls: the stand-ins below. Invariant: nothing here
/// talks beyond this machine.
@NullMarked
package dev.sandpiper.edge.fake;

import org.jspecify.annotations.NullMarked;
