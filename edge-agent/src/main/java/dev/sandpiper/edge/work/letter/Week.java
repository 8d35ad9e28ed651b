package dev.sandpiper.edge.work.letter;

import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Share;
import dev.sandpiper.edge.ledger.Statement;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Voice;
import dev.sandpiper.edge.talk.command.CostText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What happened in the seven days before a letter.
///
/// @param statement of those days
/// @param before what the seven days before them cost, in millionths of a dollar
/// @param documents that came
/// @param answers messages that were answered
/// @param refused how often the owners were told that something was refused
/// @param paused how often something was paused that still is
record Week(
    Statement statement, long before, long documents, long answers, long refused, long paused) {

  static Week before(LocalDate due, ZoneId zone, Database database, Ledger ledger) {
    LocalDate first = due.minusWeeks(1);
    Statement statement = ledger.statement(first, due.minusDays(1));
    long before = ledger.statement(first.minusWeeks(1), first.minusDays(1)).micros();
    Instant from = first.atStartOfDay(zone).toInstant();
    Instant to = due.atStartOfDay(zone).toInstant();
    return database.read(tx ->
        new Week(
            statement,
            before,
            count(tx, "SELECT count(*) FROM documents WHERE received>=? AND received<?", from, to),
            count(
                tx,
                "SELECT count(*) FROM messages WHERE state='DONE' AND ended>=? AND ended<?",
                from,
                to),
            count(
                tx,
                "SELECT count(*) FROM spending_told WHERE at>=? AND at<?"
                    + " AND (what LIKE 'used-up:%' OR what LIKE 'unpriced:%')",
                from,
                to),
            count(tx, "SELECT count(*) FROM spending_pauses WHERE at>=? AND at<?", from, to)));
  }

  private static long count(Tx tx, String sql, Instant from, Instant to) {
    return tx.queryOne(sql, row -> row.number(1), from, to).orElse(0L);
  }

  boolean spentNothing() {
    return statement.lines().isEmpty() && statement.adrift().isEmpty() && refused + paused == 0;
  }

  String text(Voice voice, People people) {
    CostText cost = new CostText(voice, people);
    String first = voice.day(statement.from());
    String last = voice.day(statement.to());
    if (spentNothing()) {
      return voice.say("money.letter.nothing", first, last, cost.sum(before));
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        voice.say(
            "money.letter.head", first, last, cost.sum(statement.micros()), cost.sum(before)));
    if (!statement.lines().isEmpty()) {
      parts.add(cost.table(Share.By.MODEL, statement.lines()));
      parts.add(cost.table(Share.By.WORKFLOW, statement.lines()));
    }
    parts.add(cost.budgets(statement.budgets()));
    parts.add(cost.open(statement));
    if (refused + paused > 0) {
      parts.add(voice.say("money.letter.refused", voice.number(refused), voice.number(paused)));
    }
    parts.add(
        voice.say("money.letter.traffic", documents, answers)
            + " "
            + voice.say("money.letter.more"));
    parts.removeIf(String::isEmpty);
    return String.join("\n\n", parts);
  }
}
