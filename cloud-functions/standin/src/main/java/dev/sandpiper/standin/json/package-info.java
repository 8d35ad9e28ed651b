/// JSON as plain maps, lists and scalars, for protocols that are not ours.
///
/// Called by: every package here that speaks JSON. Calls: jackson-core. Invariant: what is read is
/// bounded in depth and size by jackson-core's limits, and what is malformed is an `IOException`.
@NullMarked
package dev.sandpiper.standin.json;

import org.jspecify.annotations.NullMarked;
