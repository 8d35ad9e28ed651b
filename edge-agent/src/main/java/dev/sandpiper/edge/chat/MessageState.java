package dev.sandpiper.edge.chat;

/// How a message of the inbox stands.
public enum MessageState {
  /// Another one of its chat comes first.
  WAITING,
  /// It has a job.
  OPEN,
  /// It is answered.
  DONE,
  /// It could not be answered; a person may try again.
  PARKED,
  /// A person took it back.
  CANCELLED
}
