package dev.sandpiper.edge.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A bound for what is spent: a `[budgets.NAME]` section.
///
/// @param name the owner's name for it
/// @param perDay dollars; `null`: no bound
/// @param perMonth dollars; `null`: no bound
/// @param workflow what it counts, perhaps with a `*` at its end; empty: everything
/// @param person whose spending it counts; 0: everybody's
/// @param role of whom it counts the spending; empty: everybody's
/// @param each whether each person or workflow has its own
/// @param warnPercent the owners are told from here on
public record BudgetConfig(
    String name,
    @Nullable BigDecimal perDay,
    @Nullable BigDecimal perMonth,
    String workflow,
    long person,
    Optional<String> role,
    Each each,
    int warnPercent) {

  /// For whom a budget is.
  public enum Each {
    /// All that it counts share it.
    NONE,
    /// Each person has one.
    PERSON,
    /// Each workflow has one.
    WORKFLOW
  }

  static List<BudgetConfig> from(List<SectionValues> sections) {
    return sections.stream()
        .filter(section -> section.section() == Section.BUDGETS)
        .map(BudgetConfig::from)
        .toList();
  }

  static BudgetConfig from(SectionValues section) {
    Values values = section.values();
    String role = values.text(BudgetKey.ROLE);
    return new BudgetConfig(
        section.name(),
        values.decimal(BudgetKey.PER_DAY),
        values.decimal(BudgetKey.PER_MONTH),
        values.text(BudgetKey.WORKFLOW),
        values.number(BudgetKey.PERSON),
        role.equals("any") ? Optional.empty() : Optional.of(role),
        Each.valueOf(values.text(BudgetKey.EACH).toUpperCase(Locale.ROOT)),
        values.integer(BudgetKey.WARN_PERCENT));
  }

  /// A section that bounds nothing is a mistake.
  static List<ConfigProblem> problems(List<SectionValues> sections) {
    return sections.stream()
        .filter(section -> section.section() == Section.BUDGETS)
        .filter(section -> section.values().decimal(BudgetKey.PER_DAY) == null)
        .filter(section -> section.values().decimal(BudgetKey.PER_MONTH) == null)
        .map(section ->
            section.problem(BudgetKey.PER_DAY, "or per_month is needed, for instance 2.00"))
        .toList();
  }
}
