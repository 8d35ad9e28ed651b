/// The courier: the child process that talks to AWS during a burst and ends when it is over.
///
/// Called by: the agent, as a process, through `protocol`. Calls: `protocol`, `config`, `identity`,
/// `contract`. Invariant: the only package with the AWS SDK; nothing is deleted in the cloud before
/// the agent says it is durable, or it belongs to nobody; each task is answered or refused once.
@NullMarked
package dev.sandpiper.edge.courier;

import org.jspecify.annotations.NullMarked;
