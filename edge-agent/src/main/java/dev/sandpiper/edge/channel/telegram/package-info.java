/// Telegram's Bot API: long polling or a webhook in, messages and files out.
///
/// Called by: the wiring only. Calls: `net`, `channel.text`, `store` for what it must know after a
/// restart. Invariant: an update is confirmed only after [dev.sandpiper.edge.channel.Inbox#accept]
/// has returned, and a send without a trustworthy answer is never repeated.
@NullMarked
package dev.sandpiper.edge.channel.telegram;

import org.jspecify.annotations.NullMarked;
