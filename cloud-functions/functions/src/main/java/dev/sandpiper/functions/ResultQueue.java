package dev.sandpiper.functions;

import dev.sandpiper.contract.ParseReply;
import java.io.IOException;

/// The port to the queue on which the edge receives the replies of a batch.
@FunctionalInterface
public interface ResultQueue {

  /// Sends one reply envelope.
  ///
  /// @param messageId the queue message it answers: the only link back when the body was too broken
  ///   to have a request id
  /// @throws IOException when it cannot be sent now; the message is then handled again later
  void send(String messageId, ParseReply reply) throws IOException;
}
