package dev.sandpiper.standin.aws.fault;

/// A way to go wrong.
public enum Fault {
  /// S3 `SlowDown`, SQS `RequestThrottled`, Lambda `TooManyRequestsException`.
  THROTTLE,
  /// Status 500 from any service.
  SERVER_ERROR,
  /// The connection is reset before the request is handled.
  RESET,
  /// The request is handled, then the connection is reset.
  LOST_ANSWER,
  /// The body of the answer comes in pieces over [Faults#SLOW_BODY].
  SLOW_BODY,
  /// The connection is reset in the middle of the body.
  CUT_BODY,
  /// The credentials have expired.
  EXPIRED_TOKEN,
  /// The access key is of no account.
  UNKNOWN_KEY,
  /// The credentials may not do this.
  DENIED,
  /// SQS: a received message is delivered once more.
  DUPLICATE,
  /// SQS: a message that is not the oldest is received.
  REORDER,
  /// SQS: a deleted message appears again after [Faults#REAPPEARS].
  DELAYED_DELETE,
  /// SQS: a received message is visible again after [Faults#EARLY].
  EARLY_VISIBILITY
}
