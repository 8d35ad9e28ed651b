/// SQS in memory: standard queues over the JSON protocol.
///
/// Called by: the double's front door. Calls: `json`. Invariant: a message is held until it is
/// deleted with its newest receipt handle or moved to the dead letters.
@NullMarked
package dev.sandpiper.standin.aws.sqs;

import org.jspecify.annotations.NullMarked;
