package dev.sandpiper.edge.chat;

/// How a parcel of the outbox stands.
public enum ParcelState {
  /// It is sent when it is due and nothing of its chat is before it.
  READY,
  /// It is on its way, or the agent ended while it was.
  SENDING,
  /// It has arrived.
  SENT,
  /// Nobody can tell whether it has arrived. It is not sent again.
  UNKNOWN,
  /// The far side will not take it.
  REFUSED,
  /// It was tried too often or for too long; a person may try again.
  PARKED
}
