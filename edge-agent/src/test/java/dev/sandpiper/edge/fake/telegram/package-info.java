/// Telegram on this machine: a Bot API server for tests, with what it does to those who do not keep
/// its rules.
///
/// Called by: tests. Calls: the JDK's HTTP server. Invariant: it shares no code with the channel
/// but the reader of JSON; an independent client proves it.
@NullMarked
package dev.sandpiper.edge.fake.telegram;

import org.jspecify.annotations.NullMarked;
