package dev.sandpiper.edge.ledger;

import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The same question, again and again.
final class Repeats implements Brakes.Brake {

  /// Questions that are remembered at once.
  private static final int MOST = 5_000;

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final int bound;
  private final Duration window;
  private final ZoneId zone;

  /// @param since when it was first bought, within the window
  private record Count(Instant since, long times) {}

  Repeats(int bound, Duration window, ZoneId zone) {
    this.bound = bound;
    this.window = window;
    this.zone = zone;
  }

  @Override
  public Optional<String> look(Tx tx, Purchase purchase, Instant now) {
    String content = purchase.content();
    return content == null
        ? Optional.empty()
        : tx.queryOne(
                "SELECT since, times FROM spending_repeats WHERE workflow=? AND content=?",
                row -> new Count(row.instant(1), row.number(2)),
                purchase.workflow(),
                content)
            .filter(count -> count.times() >= bound && count.since().plus(window).isAfter(now))
            .map(count ->
                "it asked the same %d times since %s, and wanted to again"
                    .formatted(count.times(), WHEN.format(count.since().atZone(zone))));
  }

  void add(Tx tx, String workflow, @Nullable String content, Instant now) {
    if (content == null) {
      return;
    }
    tx.update("DELETE FROM spending_repeats WHERE since <= ?", now.minus(window));
    tx.update(
        "INSERT INTO spending_repeats (workflow, content, since, times) VALUES (?, ?, ?, 1)"
            + " ON CONFLICT (workflow, content) DO UPDATE SET times = times + 1",
        workflow,
        content,
        now);
    tx.update(
        "DELETE FROM spending_repeats WHERE id <= (SELECT max(id) FROM spending_repeats) - ?",
        MOST);
  }

  void takeBack(Tx tx, String workflow, @Nullable String content) {
    if (content != null) {
      tx.update(
          "UPDATE spending_repeats SET times = max(0, times - 1) WHERE workflow=? AND content=?",
          workflow,
          content);
    }
  }

  void forget(Tx tx, String workflow) {
    tx.update("DELETE FROM spending_repeats WHERE workflow=?", workflow);
  }
}
