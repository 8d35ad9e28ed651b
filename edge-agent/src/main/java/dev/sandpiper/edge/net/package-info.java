/// Calls to the outside: HTTP and WebSocket over the agent's event loop, for threads that may
/// block.
///
/// Called by: the channels and the models' adapters. Calls: Netty. Invariant: who calls always
/// learns whether the far side can have seen the request.
@NullMarked
package dev.sandpiper.edge.net;

import org.jspecify.annotations.NullMarked;
