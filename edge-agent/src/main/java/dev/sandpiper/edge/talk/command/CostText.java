package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.ledger.BudgetState;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Money;
import dev.sandpiper.edge.ledger.Share;
import dev.sandpiper.edge.ledger.Statement;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Voice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Money in a chat: headings, tables that fit a phone, and how budgets stand.
///
/// @param people who is meant by a number
public record CostText(Voice voice, People people) {

  private static final int BAR = 10;

  /// Most rows of a table; the rest is one row.
  private static final int ROWS = 8;

  /// A heading with a sum.
  String head(String key, List<Ledger.Line> lines) {
    Share total = Share.total(lines);
    String money = sum(total.micros());
    return voice.say(
        key,
        total.unpriced() == 0
            ? money
            : voice.say("command.cost.unpriced", money, total.unpriced()));
  }

  /// A sum of money as a person reads it.
  public String sum(long micros) {
    return voice.money(Money.dollars(micros), "USD");
  }

  /// What was spent, by something: three narrow columns.
  public String table(Share.By by, List<Ledger.Line> lines) {
    List<Share> shares = Share.of(by, lines);
    StringBuilder table = new StringBuilder();
    table
        .append("| ")
        .append(voice.say("command.cost.by." + by.name().toLowerCase(Locale.ROOT)))
        .append(" | ")
        .append(voice.say("command.cost.count"))
        .append(" | ")
        .append(voice.say("command.cost.sum"))
        .append(" |\n|---|---:|---:|");
    List<Share> shown = shares.size() > ROWS ? shares.subList(0, ROWS - 1) : shares;
    shown.forEach(share -> row(table, name(by, share.name()), share));
    if (shown.size() < shares.size()) {
      List<Share> rest = shares.subList(shown.size(), shares.size());
      row(
          table,
          voice.say("command.cost.others", rest.size()),
          new Share(
              "",
              rest.stream().mapToLong(Share::purchases).sum(),
              0,
              0,
              rest.stream().mapToLong(Share::micros).sum()));
    }
    return table.toString();
  }

  private void row(StringBuilder table, String name, Share share) {
    table
        .append("\n| ")
        .append(name)
        .append(" | ")
        .append(voice.number(share.purchases()))
        .append(" | ")
        .append(sum(share.micros()))
        .append(" |");
  }

  private String name(Share.By by, String name) {
    return switch (by) {
      case PERSON -> person(name);
      case DAY -> voice.day(LocalDate.parse(name));
      case MODEL, WORKFLOW, KIND -> Markdown.name(name);
    };
  }

  private String person(String number) {
    return number.equals("0")
        ? voice.say("command.cost.nobody")
        : people
            .find(Long.parseLong(number))
            .map(Person::name)
            .map(Markdown::name)
            .orElseGet(() -> voice.say("command.cost.gone", number));
  }

  /// How the budgets stand, each with a bar.
  public String budgets(List<BudgetState> budgets) {
    List<String> lines = new ArrayList<>();
    for (BudgetState state : budgets) {
      String name = Markdown.name(state.budget());
      String whose = state.whose();
      boolean number = !whose.isEmpty() && whose.chars().allMatch(c -> c >= '0' && c <= '9');
      String full =
          whose.isEmpty()
              ? name
              : voice.say(
                  "command.cost.budget.of", name, number ? person(whose) : Markdown.name(whose));
      lines.add(
          voice.say(
              "command.cost.budget." + state.period().name().toLowerCase(Locale.ROOT),
              full,
              bar(state.percent()),
              Long.toString(state.percent()),
              sum(state.taken()),
              sum(state.limit()),
              voice.time(state.next().toInstant())));
    }
    return String.join("\n", lines);
  }

  private static String bar(long percent) {
    int full = Math.clamp(percent * BAR / 100, 0, BAR);
    return "▰".repeat(full) + "▱".repeat(BAR - full);
  }

  /// What is under way, what is adrift, and what is paused.
  public String open(Statement statement) {
    List<String> lines = new ArrayList<>();
    List<Ledger.Open> underWay = statement.underWay();
    if (!underWay.isEmpty()) {
      lines.add(voice.say("command.cost.open", underWay.size(), sum(Statement.most(underWay))));
    }
    List<Ledger.Open> adrift = statement.adrift();
    if (!adrift.isEmpty()) {
      lines.add(voice.say("command.cost.adrift", adrift.size(), sum(Statement.most(adrift))));
    }
    statement
        .pauses()
        .forEach(
            pause -> lines.add(voice.say("command.cost.paused", Markdown.name(pause.workflow()))));
    return String.join("\n", lines.stream().map(line -> "- " + line).toList());
  }
}
