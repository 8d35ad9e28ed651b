/// Discord: its gateway brings messages, its REST interface takes answers.
///
/// Called by: the wiring. Calls: `net`, `store`, `json`, `view`, `journal`, `config`. Invariant:
/// the place in the gateway's stream moves on only when [dev.sandpiper.edge.channel.Inbox#accept]
/// has returned; what a session cannot give any more is fetched from the chats themselves.
@NullMarked
package dev.sandpiper.edge.channel.discord;

import org.jspecify.annotations.NullMarked;
