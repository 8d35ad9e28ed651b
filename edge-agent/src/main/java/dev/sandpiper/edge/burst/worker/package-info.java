/// What runs inside a worker before AWS's runtime client does: a separate small jar.
///
/// Called by: the worker JVM that `burst.local` starts. Calls: the JDK, and the runtime client by
/// name. Invariant: when the agent is gone, the worker is gone.
@NullMarked
package dev.sandpiper.edge.burst.worker;

import org.jspecify.annotations.NullMarked;
