package dev.sandpiper.functions;

/// One message of an SQS event.
///
/// @param id the id by which a failure is reported
/// @param receiptHandle the handle by which this delivery can be postponed
/// @param receives how often it has been delivered, this time included
/// @param body what the sender wrote: a request as JSON
record SqsMessage(String id, String receiptHandle, int receives, String body) {}
