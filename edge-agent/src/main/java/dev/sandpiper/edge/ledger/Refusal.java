package dev.sandpiper.edge.ledger;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Why something is not bought.
public sealed interface Refusal {

  /// In English, with the next step.
  String words();

  /// When it will be bought again by itself; empty: not before somebody does something.
  Optional<Instant> again();

  /// What it costs is not known, and there is a budget.
  record UnknownPrice(Purchase purchase) implements Refusal {

    @Override
    public String words() {
      return switch (purchase.kind()) {
        case MODEL ->
            "The price of the model %s is unknown, and there is a budget: it is not asked. Add price_input and price_output to [models.%s] (0 for one that costs nothing)."
                .formatted(purchase.what(), purchase.what());
        case CLOUD ->
            "What the cloud costs is unknown, and there is a budget: it is not used. See prices.json of the installation.";
      };
    }

    @Override
    public Optional<Instant> again() {
      return Optional.empty();
    }
  }

  /// It looked as if it had run away, so it was stopped until somebody says that it is well.
  ///
  /// @param seen what was seen, as half a sentence
  /// @param since when it was stopped
  record Paused(String workflow, String seen, ZonedDateTime since) implements Refusal {

    @Override
    public String words() {
      return "\"%s\" is paused since %s (%s): %s. Look what does that, then let it go on: 'sandpiper cost resume %s', or /cost resume %s in a chat."
          .formatted(
              workflow, UsedUp.WHEN.format(since), since.getZone(), seen, workflow, workflow);
    }

    @Override
    public Optional<Instant> again() {
      return Optional.empty();
    }
  }

  /// There is not enough left.
  ///
  /// @param budget its name
  /// @param limit all of it, in millionths of a dollar
  /// @param taken spent, or set aside for what is under way
  /// @param needed what this may cost
  /// @param next when the next period begins
  record UsedUp(
      String budget, Period period, long limit, long taken, long needed, ZonedDateTime next)
      implements Refusal {

    static final DateTimeFormatter WHEN =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    @Override
    public String words() {
      String key = period == Period.DAY ? "per_day" : "per_month";
      if (needed > limit) {
        return "This may cost up to %s, more than the whole budget \"%s\" (%s a %s). Raise %s in [budgets.%s], or use a model that costs less."
            .formatted(Money.text(needed), budget, Money.text(limit), word(), key, budget);
      }
      return "The budget \"%s\" (%s a %s) is used up: %s is spent or set aside, and this may cost up to %s. It works again on %s (%s), or when you raise %s in [budgets.%s]."
          .formatted(
              budget,
              Money.text(limit),
              word(),
              Money.text(taken),
              Money.text(needed),
              WHEN.format(next),
              next.getZone(),
              key,
              budget);
    }

    private String word() {
      return period.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Instant> again() {
      return needed > limit ? Optional.empty() : Optional.of(next.toInstant());
    }
  }
}
