package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.chat.ParcelRow;
import dev.sandpiper.edge.chat.ParcelState;
import dev.sandpiper.edge.http.Dispatch;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.People;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Sends what the owner has to say through the outbox, to somebody who is let in.
record OutboxDoor(ConversationDesk desk) implements Dispatch {

  @Override
  public Sent send(String to, List<Outgoing> content) {
    List<Address> addresses = addresses(to);
    if (addresses.isEmpty()) {
      return new Sent.NobodyThere(
          "Nobody is called %s and can be written to. 'sandpiper people' lists everybody and their"
                  .formatted(to)
              + " addresses; a channel that is switched off cannot be used.");
    }
    if (addresses.size() > 1) {
      return new Sent.NobodyThere(
          "%s may be any of %s: name one of these."
              .formatted(to, String.join(", ", addresses.stream().map(Address::text).toList())));
    }
    Address address = addresses.getFirst();
    List<Outgoing> pieces = desk.outbox().cut(address, content);
    List<String> keys =
        desk.base().shelves().database().write(tx -> desk.outbox().put(tx, address, null, pieces));
    return new Sent.Kept(keys.getLast(), address);
  }

  /// An address, or whoever has this name: the first of their accounts that can be written to.
  private List<Address> addresses(String to) {
    People people = desk.base().door().people();
    Optional<Account> account = Account.find(to);
    if (account.isPresent()) {
      return people.find(account.get()).isPresent() && canWrite(account.get())
          ? List.of(address(account.get()))
          : List.of();
    }
    return people.list().stream()
        .filter(entry -> entry.person().name().equalsIgnoreCase(to))
        .flatMap(entry -> entry.accounts().stream().filter(this::canWrite).limit(1))
        .map(OutboxDoor::address)
        .toList();
  }

  private boolean canWrite(Account account) {
    return desk.channels().find(account.channel()).isPresent();
  }

  private static Address address(Account account) {
    return new Address(account.channel(), account.id());
  }

  @Override
  public Optional<Standing> find(String key) {
    return desk.outbox().find(key).map(OutboxDoor::standing);
  }

  private static Standing standing(ParcelRow row) {
    boolean open = row.state() == ParcelState.READY || row.state() == ParcelState.SENDING;
    return new Standing(
        row.state().name().toLowerCase(Locale.ROOT),
        open,
        row.state() == ParcelState.SENT,
        row.reason() == null ? "" : row.reason());
  }
}
