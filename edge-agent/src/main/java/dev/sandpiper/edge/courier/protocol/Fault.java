package dev.sandpiper.edge.courier.protocol;

import dev.sandpiper.contract.WireName;

/// Why the cloud did not take a task.
public enum Fault implements WireName {
  /// It cannot be reached, or what it answers breaks off.
  NETWORK,
  /// It does not know who this machine is, or no longer.
  CREDENTIALS,
  /// This machine's clock is too far from its own.
  CLOCK,
  /// It asks for less at once.
  THROTTLED,
  /// It knows this machine and forbids the action.
  DENIED,
  /// A bucket, queue or function is not there.
  MISSING,
  /// Anything else; the message names it.
  INTERNAL
}
