/// Which backend a task goes to: local workers, the cloud, and from one to the other.
///
/// Called by: [dev.sandpiper.edge.Wiring]. Calls: backends through their port. Invariant: a task
/// that the cloud refuses, or fails at, is done at home within the same attempt; an unreachable
/// cloud costs a few tasks their detour, never their result.
@NullMarked
package dev.sandpiper.edge.burst.route;

import org.jspecify.annotations.NullMarked;
