/// Worker JVMs on this machine: a Lambda Runtime API host and the processes it feeds.
///
/// Called by: `Wiring`, through the `burst` port. Calls: Netty for the API's sockets, the JDK for
/// processes. Invariant: whatever a worker does, its task gets one answer, in time, and the agent
/// is unharmed.
@NullMarked
package dev.sandpiper.edge.burst.local;

import org.jspecify.annotations.NullMarked;
