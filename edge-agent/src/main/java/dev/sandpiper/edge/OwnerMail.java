package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Writes to every owner, in the chat they wrote in last and in their language.
record OwnerMail(ConversationDesk desk) {

  /// Puts it into the outbox, in the transaction that makes it true.
  void write(Tx tx, Function<Voice, String> words) {
    for (People.Entry entry : desk.base().door().people().list()) {
      if (entry.person().role() == Role.OWNER) {
        lastChat(tx, entry.person().id())
            .ifPresent(address -> {
              Voice voice =
                  new Voice(
                      desk.base().messages(),
                      entry.person().language(),
                      desk.base().config().timeZone());
              desk.outbox().put(tx, address, null, List.of(Outgoing.text(words.apply(voice))));
            });
      }
    }
  }

  private Optional<Address> lastChat(Tx tx, long person) {
    return desk.mailbox()
        .findLastChat(tx, person)
        .filter(address -> desk.channels().find(address.channel()).isPresent());
  }
}
