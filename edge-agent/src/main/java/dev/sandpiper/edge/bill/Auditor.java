package dev.sandpiper.edge.bill;

import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares bills with what was counted here, and settles what is adrift. Comparing can be done
/// beside an agent.
public final class Auditor {

  private final Database database;
  private final Ledger ledger;
  private final LlmConfig llm;

  public Auditor(Database database, Ledger ledger, LlmConfig llm) {
    this.database = database;
    this.ledger = ledger;
    this.llm = llm;
  }

  private record Key(LocalDate day, String model) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int days = day.compareTo(other.day);
      return days != 0 ? days : model.compareTo(other.model);
    }
  }

  private static final class Sum {
    private final Set<String> names;
    private BigDecimal theirs = BigDecimal.ZERO;
    private BigDecimal rounding = BigDecimal.ZERO;

    private Sum(Set<String> names) {
      this.names = names;
    }
  }

  private record Counted(long calls, long tokens, long micros) {
    private static final Counted NONE = new Counted(0, 0, 0);

    private Counted less(long unsettled) {
      return new Counted(calls, tokens, micros - unsettled);
    }

    private Counted plus(Counted other) {
      return new Counted(calls + other.calls, tokens + other.tokens, micros + other.micros);
    }
  }

  /// @param provider whose models the bill is of; empty: those that it names
  public Comparison compare(Bill bill, Optional<String> provider) {
    ModelNames names = new ModelNames(llm, answered(), provider);
    Map<Key, Sum> sums = new TreeMap<>();
    Set<Set<String>> groups = new HashSet<>();
    for (Bill.Row row : bill.rows()) {
      Set<String> ours = names.of(row.model());
      groups.add(ours);
      Sum sum =
          sums.computeIfAbsent(new Key(row.day(), label(ours, row.model())), _ -> new Sum(ours));
      sum.theirs =
          sum.theirs.add(
              bill.money() ? row.usd().movePointRight(6) : BigDecimal.valueOf(row.tokens()));
      if (bill.money()) {
        // Half of the last place that the bill has.
        sum.rounding = sum.rounding.add(new BigDecimal("0.5").movePointRight(6 - bill.places()));
      }
    }
    if (provider.isPresent()) {
      Set<String> rest = new TreeSet<>(names.all());
      groups.forEach(rest::removeAll);
      rest.forEach(name -> groups.add(Set.of(name)));
    }
    addOurs(bill, groups, sums);
    return lines(bill, sums);
  }

  private static String label(Set<String> names, String otherwise) {
    return names.isEmpty() ? otherwise : String.join("+", new TreeSet<>(names));
  }

  /// Days of the bill on which it has nothing of a model that was asked.
  private void addOurs(Bill bill, Set<Set<String>> groups, Map<Key, Sum> sums) {
    Set<LocalDate> days = new TreeSet<>();
    bill.rows().forEach(row -> days.add(row.day()));
    for (LocalDate day : days) {
      for (Set<String> group : groups) {
        if (!group.isEmpty() && counted(day, group).calls() > 0) {
          sums.computeIfAbsent(new Key(day, label(group, "")), _ -> new Sum(group));
        }
      }
    }
  }

  private Comparison lines(Bill bill, Map<Key, Sum> sums) {
    List<Ledger.Open> open = ledger.open();
    List<Comparison.Line> lines = new ArrayList<>();
    sums.forEach((key, sum) -> {
      Counted ours = sum.names.isEmpty() ? Counted.NONE : counted(key.day(), sum.names);
      lines.add(
          new Comparison.Line(
              key.day(),
              key.model(),
              BigDecimal.valueOf(bill.money() ? ours.micros() : ours.tokens()),
              sum.theirs,
              bill.money() ? sum.rounding.add(BigDecimal.valueOf(ours.calls())) : BigDecimal.ZERO,
              open.stream()
                  .filter(one -> Comparison.adrift(one, key.day()))
                  .filter(one -> sum.names.contains(one.what()))
                  .toList()));
    });
    return new Comparison(lines, bill.money());
  }

  /// Answers that were kept from before cost nothing, and no provider knows of them.
  private Counted counted(LocalDate day, Set<String> names) {
    return database.read(tx ->
        names.stream()
            .map(name ->
                tx.queryOne(
                        "SELECT coalesce(sum(calls - cached), 0),"
                            + " coalesce(sum(input + output), 0), coalesce(sum(micros), 0)"
                            + " FROM model_days WHERE day=? AND model=?",
                        row -> new Counted(row.number(1), row.number(2), row.number(3)),
                        day.toString(),
                        name)
                    .orElse(Counted.NONE)
                    .less(unsettled(tx, day, name)))
            .reduce(Counted.NONE, Counted::plus));
  }

  /// What was reckoned of calls that broke off: they are adrift, and none of it is spent.
  private static long unsettled(Tx tx, LocalDate day, String name) {
    return tx.queryOne(
            "SELECT coalesce(sum(micros), 0) FROM model_calls WHERE model=? AND at>=? AND at<?"
                + " AND complete=0 AND outcome<>'ANSWERED'",
            row -> row.number(1),
            name,
            day.atStartOfDay(ZoneOffset.UTC).toInstant(),
            day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
        .orElse(0L);
  }

  private Map<String, Set<String>> answered() {
    Map<String, Set<String>> answered = new HashMap<>();
    database.read(tx ->
        tx.query(
            "SELECT DISTINCT model, answered_as FROM model_changes",
            row -> answered.computeIfAbsent(row.text(1), _ -> new TreeSet<>()).add(row.text(2))));
    return answered;
  }

  /// Settles what a bill found, in one transaction, so that the same bill agrees after.
  ///
  /// @return how many
  public int settle(List<Comparison.Found> found) {
    List<Ledger.Open> open = ledger.open();
    return database.<Integer>write(tx -> {
      int settled = 0;
      for (Comparison.Found one : found) {
        for (Ledger.Open was : open) {
          if (was.number() == one.number() && ledger.found(tx, one.number(), one.micros())) {
            count(tx, was, one.micros());
            settled++;
          }
        }
      }
      return settled;
    });
  }

  private static void count(Tx tx, Ledger.Open was, long micros) {
    tx.update(
        "INSERT INTO model_days (day, workflow, person, model, shadow, calls, micros)"
            + " VALUES (?, ?, ?, ?, ?, 0, ?) ON CONFLICT (day, workflow, person, model, shadow)"
            + " DO UPDATE SET micros = micros + excluded.micros",
        was.at().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
        was.workflow(),
        was.person(),
        was.what(),
        was.workflow().equals("compare"),
        micros);
  }
}
