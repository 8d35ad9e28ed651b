package dev.sandpiper.edge.library;

/// How a document stands.
public enum DocumentState {
  /// Its job has not ended.
  PENDING,
  /// It can be read and searched.
  PARSED,
  /// It cannot be parsed; code and message say why.
  FAILED,
  /// Its job waits for an operator; the message says why.
  PARKED
}
