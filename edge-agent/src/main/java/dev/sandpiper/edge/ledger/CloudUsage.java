package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the cloud was used for, per day.
public final class CloudUsage {

  /// Two years and a bit: last year's bill can still be compared.
  static final int DAYS_KEPT = 800;

  private final Database database;

  public CloudUsage(Database database) {
    this.database = database;
  }

  /// One day's counts.
  ///
  /// @param day the day in UTC
  /// @param counts what was counted; nothing is left out, what did not happen is 0
  public record Day(LocalDate day, Map<CloudCounter, Long> counts) {
    public Day {
      counts = Map.copyOf(counts);
    }

    /// One of the counts.
    public long count(CloudCounter counter) {
      return counts.getOrDefault(counter, 0L);
    }
  }

  /// Adds to the day of `at`. It survives a kill, and a power cut but for the last moments.
  public void add(Map<CloudCounter, Long> counts, Instant at) {
    database.<@Nullable Void>writeLazily(tx -> {
      add(tx, counts, at);
      return null;
    });
  }

  void add(Tx tx, Map<CloudCounter, Long> counts, Instant at) {
    LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
    counts.forEach((counter, count) -> {
      if (count > 0) {
        add(tx, day, counter, count);
      }
    });
    tx.update("DELETE FROM cloud_usage WHERE day < ?", day.minusDays(DAYS_KEPT).toString());
  }

  /// What was counted on a day, in UTC.
  Map<CloudCounter, Long> counts(Tx tx, LocalDate day) {
    Map<CloudCounter, Long> counts = new EnumMap<>(CloudCounter.class);
    for (Count row :
        tx.query(
            "SELECT day, what, count FROM cloud_usage WHERE day=?", Count::of, day.toString())) {
      counter(row.what()).ifPresent(counter -> counts.put(counter, row.count()));
    }
    return counts;
  }

  private static void add(Tx tx, LocalDate day, CloudCounter counter, long count) {
    tx.update(
        "INSERT INTO cloud_usage (day, what, count) VALUES (?, ?, ?)"
            + " ON CONFLICT (day, what) DO UPDATE SET count = count + excluded.count",
        day.toString(),
        counter.wire(),
        count);
  }

  /// Every day on which there was something, the oldest first.
  public List<Day> days() {
    return database.read(tx -> {
      if (tx.queryOne(
              "SELECT 1 FROM sqlite_master WHERE name = 'cloud_usage'", row -> row.number(1))
          .isEmpty()) {
        return List.of(); // written by an earlier version
      }
      List<Day> days = new ArrayList<>();
      Map<CloudCounter, Long> counts = new EnumMap<>(CloudCounter.class);
      List<Count> rows =
          tx.query("SELECT day, what, count FROM cloud_usage ORDER BY day, what", Count::of);
      for (int i = 0; i < rows.size(); i++) {
        Count row = rows.get(i);
        counter(row.what()).ifPresent(counter -> counts.put(counter, row.count()));
        if (i + 1 == rows.size() || !rows.get(i + 1).day().equals(row.day())) {
          days.add(new Day(LocalDate.parse(row.day()), counts));
          counts.clear();
        }
      }
      return days;
    });
  }

  /// What a newer version counts is left out.
  private static Optional<CloudCounter> counter(String wire) {
    return Stream.of(CloudCounter.values()).filter(one -> one.wire().equals(wire)).findFirst();
  }

  private record Count(String day, String what, long count) {
    static Count of(Row row) {
      return new Count(row.text(1), row.text(2), row.number(3));
    }
  }
}
