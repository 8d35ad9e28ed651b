/// The durable conversation: what came in, what goes out, who waits for what, what was said.
///
/// Called by: the channels through [dev.sandpiper.edge.channel.Inbox], `work.answer`, commands.
/// Calls: `queue`, `store`, `channel`. Invariant: of a chat at most one message is worked on and at
/// most one parcel is under way; whatever leaves was on the disk before.
@NullMarked
package dev.sandpiper.edge.chat;

import org.jspecify.annotations.NullMarked;
