/// Chat with other programs, by Standard Webhooks in both directions.
///
/// Called by: the durable conversation, the HTTP server. Calls: `net`, `store`, `channel`.
/// Invariant: nothing that is not signed comes in; nothing is sent but to a configured address.
@NullMarked
package dev.sandpiper.edge.channel.webhook;

import org.jspecify.annotations.NullMarked;
