package dev.sandpiper.edge.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Connections that wait for the next call to their host. Each has a timer that closes it; there is
/// none while there are no connections.
final class IdleLines {

  private record Waiting(Line line, java.util.concurrent.Future<?> timer) {}

  private final Map<Origin, Deque<Waiting>> waiting = new HashMap<>();
  private final int perHost;
  private final int most;

  /// @param most connections in all
  IdleLines(int perHost, int most) {
    this.perHost = perHost;
    this.most = most;
  }

  /// The one used last, which is the likeliest to be alive; `null` when there is none.
  synchronized @Nullable Line take(Origin origin) {
    Deque<Waiting> lines = waiting.get(origin);
    while (lines != null && !lines.isEmpty()) {
      Waiting last = lines.removeLast();
      boolean inTime = last.timer().cancel(false);
      if (lines.isEmpty()) {
        waiting.remove(origin);
      }
      if (inTime && last.line().isOpen()) {
        return last.line();
      }
    }
    return null;
  }

  /// Keeps a connection, on the event loop, or closes it when there are enough.
  synchronized void put(Origin origin, Line line, Duration time) {
    Deque<Waiting> lines = waiting.get(origin);
    int count = lines == null ? 0 : lines.size();
    if (count >= perHost || size() >= most || !line.isOpen()) {
      line.cut();
      return;
    }
    var timer =
        line.channel()
            .eventLoop()
            .schedule(() -> expire(origin, line), time.toMillis(), TimeUnit.MILLISECONDS);
    waiting.computeIfAbsent(origin, _ -> new ArrayDeque<>()).addLast(new Waiting(line, timer));
    var _ = line.channel().closeFuture().addListener(_ -> forget(origin, line));
    line.channel().read(); // to hear of its end
  }

  private void expire(Origin origin, Line line) {
    forget(origin, line);
    line.cut();
  }

  private synchronized void forget(Origin origin, Line line) {
    Deque<Waiting> lines = waiting.get(origin);
    if (lines == null) {
      return;
    }
    lines.removeIf(entry -> {
      boolean found = entry.line() == line;
      if (found) {
        entry.timer().cancel(false);
      }
      return found;
    });
    if (lines.isEmpty()) {
      waiting.remove(origin);
    }
  }

  synchronized int size() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }
}
