/// Words in, words out: what every way to talk to the agent has in common.
///
/// Called by: the adapters below it, the durable conversation, the HTTP server for hooks. Calls:
/// nothing. Invariant: an adapter acknowledges nothing before [Inbox#accept] has returned.
@NullMarked
package dev.sandpiper.edge.channel;

import org.jspecify.annotations.NullMarked;
