package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.llm.route.Notices;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tells every owner, in the chat they wrote in last.
record OwnerNotices(ConversationDesk desk) implements Notices {

  @Override
  public void tell(Tx tx, Notice notice) {
    String key =
        "model.notice." + notice.trouble().name().toLowerCase(Locale.ROOT).replace('_', '-');
    for (People.Entry entry : desk.base().door().people().list()) {
      if (entry.person().role() == Role.OWNER) {
        String words =
            desk.base()
                .messages()
                .text(entry.person().language(), key, notice.provider(), notice.key());
        lastChat(tx, entry.person().id())
            .ifPresent(
                address -> desk.outbox().put(tx, address, null, List.of(Outgoing.text(words))));
      }
    }
  }

  private Optional<Address> lastChat(Tx tx, long person) {
    return desk.mailbox()
        .findLastChat(tx, person)
        .filter(address -> desk.channels().find(address.channel()).isPresent());
  }
}
