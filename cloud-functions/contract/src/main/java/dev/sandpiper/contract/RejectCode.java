package dev.sandpiper.contract;

/// Why a request is refused for good.
public enum RejectCode implements WireName {
  /// The request is not valid JSON or breaks the contract.
  MALFORMED_REQUEST,
  /// The request's version is not one this function speaks.
  UNSUPPORTED_VERSION,
  /// The document needs a password.
  ENCRYPTED,
  /// No parser for this kind of document.
  UNSUPPORTED_TYPE,
  /// The document exceeds one of the [Limits].
  OVER_LIMIT,
  /// The container is damaged beyond recovery, or empty.
  UNREADABLE,
  /// The bytes are not those the request announced.
  HASH_MISMATCH,
  /// The source or target kind, or its path, is not allowed here.
  SOURCE_REFUSED,
  /// A code this version does not know; the message still says why.
  UNKNOWN
}
