package dev.sandpiper.edge;

import dev.sandpiper.edge.ledger.Alarm;
import dev.sandpiper.edge.ledger.Phrase;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.store.Tx;
import java.util.ArrayList;
import java.util.List;

/// Tells the owners what they must know of money.
record MoneyBell(OwnerMail mail, People people) implements Alarm.Bell {

  @Override
  public void ring(Tx tx, Alarm alarm) {
    Phrase phrase = Phrase.of(alarm);
    String whose =
        switch (alarm) {
          case Alarm.Nearly nearly -> nearly.whose();
          case Alarm.UsedUp used -> used.whose();
          case Alarm.Unpriced _, Alarm.Paused _, Alarm.Looping _ -> "";
        };
    if (whose.isEmpty()) {
      mail.write(tx, voice -> voice.tell(phrase.key(), phrase.args()));
      return;
    }
    List<Object> args = new ArrayList<>(phrase.args());
    args.set(args.size() - 1, name(tx, whose));
    mail.write(tx, voice -> voice.tell(phrase.key() + ".of", args));
  }

  /// A workflow's name, or a person's by their number.
  private String name(Tx tx, String whose) {
    boolean number = whose.chars().allMatch(c -> c >= '0' && c <= '9') && whose.length() < 19;
    return number
        ? people.find(tx, Long.parseLong(whose)).map(one -> one.name()).orElse(whose)
        : whose;
  }
}
