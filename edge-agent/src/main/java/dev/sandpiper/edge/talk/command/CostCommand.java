package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Share;
import dev.sandpiper.edge.ledger.Statement;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `/cost`: what models and the cloud cost, today or this month, from midnight to midnight in the
/// owner's zone. An owner sees everybody's.
record CostCommand(Desk desk, People people, Ledger ledger, Pauses pauses) implements Command {

  private enum View {
    BOTH,
    TODAY,
    MONTH,
    PERSON
  }

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public Role least() {
    return Role.MEMBER;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    Optional<Turn> resumed = new CostResume(pauses).find(spoken, words, voice);
    if (resumed.isPresent()) {
      return resumed.get();
    }
    boolean owner = spoken.person().role() == Role.OWNER;
    Optional<View> view = view(words.strip().toLowerCase(Locale.ROOT), voice);
    if (view.isEmpty() || (view.get() == View.PERSON && !owner)) {
      return Turn.say(voice.say(owner ? "command.cost.what" : "command.cost.what.member"));
    }
    LocalDate today = ledger.today();
    LocalDate first = view.get() == View.TODAY ? today : today.withDayOfMonth(1);
    Statement all = ledger.statement(first, today);
    Statement seen = owner ? all : all.of(spoken.person().id());
    String text = text(new CostText(voice, people), seen, view.get(), today);
    return new Turn(
        List.of(new Outgoing.Text(text, buttons(voice, view.get(), owner), null)), _ -> {});
  }

  private static Optional<View> view(String word, Voice voice) {
    if (word.isEmpty()) {
      return Optional.of(View.BOTH);
    }
    for (View view : List.of(View.TODAY, View.MONTH, View.PERSON)) {
      String name = view.name().toLowerCase(Locale.ROOT);
      if (word.equals(name) || word.equals(voice.say("command.cost.word." + name))) {
        return Optional.of(view);
      }
    }
    return Optional.empty();
  }

  private static String text(CostText text, Statement seen, View view, LocalDate today) {
    List<String> parts = new ArrayList<>();
    List<Ledger.Line> ofToday =
        seen.lines().stream().filter(line -> line.day().equals(today)).toList();
    if (view == View.BOTH || view == View.TODAY) {
      parts.add(text.head("command.cost.today", ofToday));
    }
    if (view != View.TODAY) {
      parts.add(text.head("command.cost.month", seen.lines()));
    }
    if (!seen.lines().isEmpty()) {
      if (view == View.PERSON) {
        parts.add(text.table(Share.By.PERSON, seen.lines()));
      } else {
        parts.add(text.table(Share.By.MODEL, seen.lines()));
        parts.add(text.table(Share.By.WORKFLOW, seen.lines()));
      }
    }
    parts.add(text.budgets(seen.budgets()));
    parts.add(text.open(seen));
    parts.removeIf(String::isEmpty);
    return String.join("\n\n", parts);
  }

  private static List<Button> buttons(Voice voice, View view, boolean owner) {
    List<Button> buttons = new ArrayList<>();
    if (view != View.TODAY) {
      buttons.add(new Button(voice.say("command.cost.button.today"), "/cost today"));
    }
    if (view != View.MONTH) {
      buttons.add(new Button(voice.say("command.cost.button.month"), "/cost month"));
    }
    if (owner && view != View.PERSON) {
      buttons.add(new Button(voice.say("command.cost.button.person"), "/cost person"));
    }
    return buttons;
  }
}
