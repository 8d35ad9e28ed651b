/// Who may speak to the agent, and what they may do.
///
/// Called by: the durable conversation, the commands, the doors that log people in. Calls: `store`,
/// `channel`, `view`. Invariant: nobody is let in who was not paired or listed.
@NullMarked
package dev.sandpiper.edge.people;

import org.jspecify.annotations.NullMarked;
