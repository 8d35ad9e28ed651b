package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.people.Notice;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Notices;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a person is told besides answers: short, and within the transaction that makes it true.
final class Tidings {
  private static final int LONGEST_REASON = 500;

  private final People people;
  private final Outbox outbox;
  private final Messages messages;

  Tidings(People people, Outbox outbox, Messages messages) {
    this.people = people;
    this.outbox = outbox;
    this.messages = messages;
  }

  void parked(Tx tx, Message message, String reason) {
    Locale locale = locale(tx, message.person());
    String text =
        messages.text(
            locale,
            "chat.parked",
            Markdown.name(message.label()),
            Markdown.plain(reason, LONGEST_REASON));
    put(tx, message.address(), message.id(), text, Buttons.message(messages, locale, message.id()));
  }

  void cancelled(Tx tx, Message message) {
    Locale locale = locale(tx, message.person());
    put(
        tx,
        message.address(),
        message.id(),
        messages.text(locale, "chat.cancelled", Markdown.name(message.label())),
        List.of());
  }

  /// Told once until something of the chat has gone on: who sends too much is not answered as
  /// often.
  void full(Tx tx, Address address, Person person, int most) {
    String text = messages.text(person.language(), "chat.full", most);
    boolean told =
        tx.queryOne(
                "SELECT content FROM outbox WHERE address=? ORDER BY id DESC LIMIT 1",
                row -> row.text(1).equals(OutgoingJson.write(Outgoing.text(text))),
                address.text())
            .orElse(false);
    if (!told) {
      put(tx, address, null, text, List.of());
    }
  }

  /// Says what a control did when that is not said otherwise: what is stopped says so itself.
  void controlled(Tx tx, Controls.By by, Controls.Control control, Controls.Outcome outcome) {
    boolean cancels =
        switch (control) {
          case Controls.Control.CancelChat _,
              Controls.Control.CancelMessage _,
              Controls.Control.CancelDocument _ ->
              true;
          case Controls.Control.RetryMessage _, Controls.Control.RetryDocument _ -> false;
        };
    String key =
        switch (outcome) {
          case DONE -> cancels ? "" : "chat.retry.begun";
          case NOTHING -> cancels ? "chat.cancel.nothing" : "chat.retry.nothing";
          case NOT_YOURS -> "chat.cancel.not-yours";
        };
    if (!key.isEmpty()) {
      put(tx, by.address(), by.message(), messages.text(by.person().language(), key), List.of());
    }
  }

  /// A document goes on being read for others: said in place of "is being read", when that was
  // said.
  void left(Tx tx, Controls.By by, Followers.Waiting one) {
    String text = messages.text(by.person().language(), "document.left", Markdown.name(one.name()));
    Outgoing told =
        one.progress().isEmpty()
            ? Outgoing.text(text)
            : new Outgoing.Edit(one.progress(), text, List.of());
    outbox.put(tx, by.address(), by.message(), List.of(told));
  }

  /// What somebody is told at the door.
  void door(Tx tx, Address address, Locale locale, Notice notice) {
    put(tx, address, null, new Notices(messages).text(locale, notice), List.of());
  }

  private void put(
      Tx tx, Address address, @Nullable Long message, String text, List<Button> buttons) {
    outbox.put(tx, address, message, List.of(new Outgoing.Text(text, buttons, null)));
  }

  private Locale locale(Tx tx, long person) {
    return people.find(tx, person).map(Person::language).orElse(Locale.ENGLISH);
  }
}
