package dev.sandpiper.edge.ledger;

import java.time.LocalDate;
import java.util.List;

/// What there is to show of money for some days.
///
/// @param from the first day
/// @param to the last day
/// @param lines what was spent on them
/// @param open what is not settled, whenever it began
/// @param budgets how they stand now
/// @param pauses workflows that buy nothing for now
public record Statement(
    LocalDate from,
    LocalDate to,
    List<Ledger.Line> lines,
    List<Ledger.Open> open,
    List<BudgetState> budgets,
    List<Refusal.Paused> pauses) {

  public Statement {
    lines = List.copyOf(lines);
    open = List.copyOf(open);
    budgets = List.copyOf(budgets);
    pauses = List.copyOf(pauses);
  }

  /// Of one person alone: their purchases, and the budgets that each person has.
  public Statement of(long person) {
    return new Statement(
        from,
        to,
        lines.stream().filter(line -> line.person() == person).toList(),
        open.stream().filter(one -> one.person() == person).toList(),
        budgets.stream().filter(one -> one.whose().equals(Long.toString(person))).toList(),
        List.of());
  }

  /// What was spent, in millionths of a dollar.
  public long micros() {
    return lines.stream().mapToLong(Ledger.Line::micros).sum();
  }

  /// What is under way.
  public List<Ledger.Open> underWay() {
    return open.stream().filter(one -> one.adrift() == null).toList();
  }

  /// What nobody knows the end of.
  public List<Ledger.Open> adrift() {
    return open.stream().filter(one -> one.adrift() != null).toList();
  }

  /// What some of it may cost at most.
  public static long most(List<Ledger.Open> open) {
    return open.stream().mapToLong(Ledger.Open::micros).sum();
  }
}
