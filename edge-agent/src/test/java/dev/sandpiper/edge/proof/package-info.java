/// The long proofs: the whole agent under kill -9 and under hostile documents.
///
/// Called by: the build's integration tests and `scripts/bench`. Calls: the built distribution,
/// through its command and its HTTP door only. Invariant: nothing here reaches into the agent.
@NullMarked
package dev.sandpiper.edge.proof;

import org.jspecify.annotations.NullMarked;
