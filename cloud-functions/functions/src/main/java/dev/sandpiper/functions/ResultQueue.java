package dev.sandpiper.functions;

import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseReply;
import java.io.IOException;

/// The port to the queues on which the devices receive their replies.
@FunctionalInterface
public interface ResultQueue {

  /// Sends one reply envelope.
  ///
  /// @param owner the device that asked
  /// @throws IOException when it cannot be sent now; the message is then handled again later
  void send(ObjectKeys owner, ParseReply reply) throws IOException;
}
