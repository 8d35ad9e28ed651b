/// Health as a value.
///
/// Called by: `doctor`, `/readyz`, and every component that can be checked. Calls: nothing.
/// Invariant: a check never throws and never changes anything.
@NullMarked
package dev.sandpiper.edge.health;

import org.jspecify.annotations.NullMarked;
