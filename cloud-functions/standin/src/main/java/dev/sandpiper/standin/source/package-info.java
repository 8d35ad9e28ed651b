/// Lambda's event source for SQS: polls a queue, invokes a function with batches, and deletes what
/// it says it has done.
///
/// Called by: tests. Calls: any SQS endpoint through `sqs`, any `Function`. Invariant: a message is
/// deleted only when the function's answer says so by AWS's rules.
@NullMarked
package dev.sandpiper.standin.source;

import org.jspecify.annotations.NullMarked;
