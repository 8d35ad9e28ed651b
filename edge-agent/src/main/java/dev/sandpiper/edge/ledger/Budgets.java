package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.config.BudgetConfig;
import dev.sandpiper.edge.config.BudgetConfig.Each;
import dev.sandpiper.edge.store.Tx;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The owner's bounds, and what of them is left.
final class Budgets {

  private final List<Limit> limits;
  private final Ledger.Roles roles;

  /// One bound of one budget.
  ///
  /// @param micros millionths of a dollar
  record Limit(BudgetConfig budget, Period period, long micros) {

    /// From here on the owners are told, rounded up.
    long warning() {
      return (micros * budget.warnPercent() + 99) / 100;
    }
  }

  /// What a bound looks like to a purchase, or by itself.
  ///
  /// @param whose of a budget that each has: whose; else empty
  /// @param taken spent or set aside
  record Standing(Limit limit, String whose, long taken) {

    boolean takes(long micros) {
      return taken + micros <= limit.micros();
    }
  }

  Budgets(List<BudgetConfig> budgets, Ledger.Roles roles) {
    List<Limit> all = new ArrayList<>();
    for (BudgetConfig budget : budgets) {
      if (budget.perDay() != null) {
        all.add(new Limit(budget, Period.DAY, Money.micros(budget.perDay())));
      }
      if (budget.perMonth() != null) {
        all.add(new Limit(budget, Period.MONTH, Money.micros(budget.perMonth())));
      }
    }
    this.limits = List.copyOf(all);
    this.roles = roles;
  }

  boolean any() {
    return !limits.isEmpty();
  }

  /// How the bounds stand that a purchase would count against.
  ///
  /// @param sums what was taken in a period
  List<Standing> against(Tx tx, Buyer buyer, Function<Period, List<Sum>> sums) {
    Map<Period, List<Sum>> read = new EnumMap<>(Period.class);
    List<Standing> standings = new ArrayList<>();
    for (Limit limit : limits) {
      if (counts(tx, limit.budget(), buyer)) {
        long taken =
            read.computeIfAbsent(limit.period(), sums).stream()
                .filter(sum -> counts(tx, limit.budget(), sum.buyer()))
                .filter(sum -> same(limit.budget().each(), sum.buyer(), buyer))
                .mapToLong(Sum::micros)
                .sum();
        standings.add(new Standing(limit, whose(limit.budget().each(), buyer), taken));
      }
    }
    return standings;
  }

  /// @param day the owner's
  record Now(LocalDate day, ZoneId zone) {}

  /// How all bounds stand, in their order; of those that each person or workflow has, one for each
  /// that took something.
  List<BudgetState> all(
      Tx tx, Function<Period, List<Sum>> taken, Function<Period, List<Sum>> spent, Now now) {
    List<BudgetState> states = new ArrayList<>();
    for (Limit limit : limits) {
      Map<String, Long> used = byWhose(tx, limit.budget(), taken.apply(limit.period()));
      Map<String, Long> paid = byWhose(tx, limit.budget(), spent.apply(limit.period()));
      if (limit.budget().each() == Each.NONE) {
        used.putIfAbsent("", 0L);
      }
      used.forEach((whose, micros) ->
          states.add(
              new BudgetState(
                  limit.budget().name(),
                  limit.period(),
                  whose,
                  limit.micros(),
                  micros,
                  paid.getOrDefault(whose, 0L),
                  limit.period().next(now.day(), now.zone()))));
    }
    return states;
  }

  private Map<String, Long> byWhose(Tx tx, BudgetConfig budget, List<Sum> sums) {
    Map<String, Long> by = new TreeMap<>();
    for (Sum sum : sums) {
      if (counts(tx, budget, sum.buyer())) {
        by.merge(whose(budget.each(), sum.buyer()), sum.micros(), Long::sum);
      }
    }
    return by;
  }

  /// What was taken for a workflow and a person.
  record Sum(Buyer buyer, long micros) {}

  /// For what and whom money is spent.
  ///
  /// @param person 0: nobody in particular
  record Buyer(String workflow, long person) {}

  private boolean counts(Tx tx, BudgetConfig budget, Buyer buyer) {
    long person = buyer.person();
    return matches(budget.workflow(), buyer.workflow())
        && (budget.person() == 0 || budget.person() == person)
        && (budget.role().isEmpty() || (person != 0 && roles.of(tx, person).equals(budget.role())))
        && (budget.each() != Each.PERSON || person != 0);
  }

  private static boolean same(Each each, Buyer one, Buyer other) {
    return switch (each) {
      case NONE -> true;
      case PERSON -> one.person() == other.person();
      case WORKFLOW -> one.workflow().equals(other.workflow());
    };
  }

  private static String whose(Each each, Buyer buyer) {
    return switch (each) {
      case NONE -> "";
      case PERSON -> Long.toString(buyer.person());
      case WORKFLOW -> buyer.workflow();
    };
  }

  static boolean matches(String pattern, String workflow) {
    if (pattern.isEmpty()) {
      return true;
    }
    return pattern.endsWith("*")
        ? workflow.startsWith(pattern.substring(0, pattern.length() - 1))
        : workflow.equals(pattern);
  }

  /// The refusal, when a bound does not take it; the one that lasts longest first.
  static Optional<Refusal.UsedUp> refusal(
      Standing standing, long needed, LocalDate day, ZoneId zone) {
    return standing.takes(needed)
        ? Optional.empty()
        : Optional.of(
            new Refusal.UsedUp(
                standing.limit().budget().name(),
                standing.limit().period(),
                standing.limit().micros(),
                standing.taken(),
                needed,
                standing.limit().period().next(day, zone)));
  }
}
