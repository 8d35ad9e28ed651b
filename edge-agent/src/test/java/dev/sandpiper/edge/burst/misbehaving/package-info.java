/// A function for tests that does everything a worker should not.
///
/// Called by: the runtime client, in workers of `LocalBackendIT`. Calls: the contract. Invariant:
/// what it does is chosen by the document's name.
@NullMarked
package dev.sandpiper.edge.burst.misbehaving;

import org.jspecify.annotations.NullMarked;
