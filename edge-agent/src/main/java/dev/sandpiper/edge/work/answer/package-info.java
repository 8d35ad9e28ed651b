/// Answering as a job: a message becomes a turn, the turn becomes one transaction.
///
/// Called by: [dev.sandpiper.edge.work.WorkLoop]. Calls: `talk` to decide, `intake` for files,
/// `chat` and `queue` to record what came of it. Invariant: the answers in the outbox, the effects
/// and the end of the job are one transaction; a stale lease changes nothing.
@NullMarked
package dev.sandpiper.edge.work.answer;

import org.jspecify.annotations.NullMarked;
