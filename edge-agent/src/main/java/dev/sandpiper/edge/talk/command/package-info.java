/// What a slash does: one small class for each command.
///
/// Called by: the talker, through their common port. Calls: `library`, `queue`, `intake`, `people`,
/// `schedule`, `llm`, `ledger`, and ports to what stands in packages that know conversations.
/// Invariant: a person is shown, and can change, only what their role allows.
@NullMarked
package dev.sandpiper.edge.talk.command;

import org.jspecify.annotations.NullMarked;
