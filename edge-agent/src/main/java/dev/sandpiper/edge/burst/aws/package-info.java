/// The agent's side of bursts to AWS: a courier process beside the agent carries documents there
/// and results back.
///
/// Called by: [dev.sandpiper.edge.Wiring]. Calls: the courier, over a pipe, in lines of JSON;
/// `ledger` names for what it counts. Invariant: AWS's SDK is never loaded into the agent, and
/// nothing the courier says or fails to say keeps a task waiting for ever.
@NullMarked
package dev.sandpiper.edge.burst.aws;

import org.jspecify.annotations.NullMarked;
