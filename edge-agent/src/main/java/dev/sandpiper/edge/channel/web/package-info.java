/// Chat on a page that the agent serves, and whatever else speaks its HTTP interface.
///
/// Called by: the durable conversation, the HTTP server. Calls: `store`, `event`, `channel`.
/// Invariant: what is delivered stands in the history; who looks at it is let in at that moment.
@NullMarked
package dev.sandpiper.edge.channel.web;

import org.jspecify.annotations.NullMarked;
