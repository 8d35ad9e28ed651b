package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.store.Tx;

/// Is told when a chat gets another id on its far side.
@FunctionalInterface
public interface AddressWatch {

  /// Called in the transaction that rewrites the address, on the writer thread.
  void moved(Tx tx, Address from, Address to);
}
