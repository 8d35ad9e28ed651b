package dev.sandpiper.edge.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What was spent on one thing.
///
/// @param name the model, the workflow, the person's number (0: nobody in particular), the day or
///   the kind
/// @param purchases how many
/// @param estimated those of them whose use was estimated
/// @param unpriced those without a known price
/// @param micros millionths of a dollar
public record Share(String name, long purchases, long estimated, long unpriced, long micros) {

  /// By what spending is told apart.
  public enum By {
    /// The model, by the owner's name of it, or what of the cloud.
    MODEL,
    /// What it was for.
    WORKFLOW,
    /// For whom.
    PERSON,
    /// The owner's day.
    DAY,
    /// Models or the cloud.
    KIND
  }

  /// The shares of some purchases, the dearest first; days in their order.
  public static List<Share> of(By by, List<Ledger.Line> lines) {
    Map<String, Share> shares = new TreeMap<>();
    for (Ledger.Line line : lines) {
      Share one =
          new Share(
              name(by, line), line.purchases(), line.estimated(), line.unpriced(), line.micros());
      shares.merge(one.name(), one, Share::plus);
    }
    Comparator<Share> dearest = Comparator.comparingLong(Share::micros).reversed();
    return by == By.DAY
        ? List.copyOf(shares.values())
        : shares.values().stream().sorted(dearest.thenComparing(share -> share.name)).toList();
  }

  /// All of it.
  public static Share total(List<Ledger.Line> lines) {
    return lines.stream()
        .map(line ->
            new Share("", line.purchases(), line.estimated(), line.unpriced(), line.micros()))
        .reduce(new Share("", 0, 0, 0, 0), Share::plus);
  }

  private Share plus(Share other) {
    return new Share(
        name,
        purchases + other.purchases,
        estimated + other.estimated,
        unpriced + other.unpriced,
        micros + other.micros);
  }

  private static String name(By by, Ledger.Line line) {
    return switch (by) {
      case MODEL -> line.what();
      case WORKFLOW -> line.workflow();
      case PERSON -> Long.toString(line.person());
      case DAY -> line.day().toString();
      case KIND -> line.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
