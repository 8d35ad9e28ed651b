package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.store.Tx;

/// Is told when what was said in a chat is to be forgotten.
@FunctionalInterface
public interface ForgetWatch {

  /// Called in the transaction that forgets, on the writer thread, while the messages that are not
  /// answered yet still say so.
  void forgotten(Tx tx, Address address);
}
