/// Amazon Bedrock's models, asked by a process that has AWS's SDK and is there only meanwhile.
///
/// Called by: wiring. Calls: `llm.wire`, `courier.protocol`. Invariant: no class of the SDK is ever
/// loaded by the agent; a process without questions ends.
@NullMarked
package dev.sandpiper.edge.llm.bedrock;

import org.jspecify.annotations.NullMarked;
