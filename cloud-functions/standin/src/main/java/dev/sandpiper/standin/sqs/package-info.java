/// SQS over its JSON protocol, without the SDK.
///
/// Called by: the launchers, to make queues, and the event source, to poll them. Calls: the JDK's
/// HTTP client. Invariant: it works against any endpoint that speaks AWS JSON 1.0, and signs
/// nothing a real account would accept.
@NullMarked
package dev.sandpiper.standin.sqs;

import org.jspecify.annotations.NullMarked;
