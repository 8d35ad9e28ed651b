/// Stands for Discord: its gateway and its REST interface on one port of this machine, with the
/// troubles that tests need.
///
/// Called by: tests of the channel. Calls: Netty, `json`. Invariant: it says what Discord's
/// documentation says; discord.js, which knows nothing of us, proves it.
@NullMarked
package dev.sandpiper.edge.fake.discord;

import org.jspecify.annotations.NullMarked;
