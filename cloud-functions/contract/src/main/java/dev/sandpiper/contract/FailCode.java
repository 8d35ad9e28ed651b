package dev.sandpiper.contract;

/// Why a request did not succeed this time.
public enum FailCode implements WireName {
  /// The time limit passed.
  DEADLINE,
  /// The worker ran out of memory.
  OUT_OF_MEMORY,
  /// The worker ended without an answer.
  CRASHED,
  /// The document could not be fetched.
  SOURCE_UNAVAILABLE,
  /// The result could not be stored.
  RESULT_UNAVAILABLE,
  /// The backend is saturated or throttled.
  THROTTLED,
  /// A defect in the function; the message names it.
  INTERNAL,
  /// A code this version does not know; the message still says why.
  UNKNOWN
}
