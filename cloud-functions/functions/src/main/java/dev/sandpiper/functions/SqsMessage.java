package dev.sandpiper.functions;

/// One message of an SQS event.
///
/// @param id the id by which a failure is reported
/// @param body what the sender wrote: a request as JSON
record SqsMessage(String id, String body) {}
