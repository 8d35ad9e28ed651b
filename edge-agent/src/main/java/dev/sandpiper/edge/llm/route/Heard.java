package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.llm.ChatListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What a listener has heard, over all the calls that one question takes. A call that is over is
/// heard no more, and the words of one that failed are taken back before the next one speaks.
final class Heard {

  private final ChatListener listener;
  private final InstantSource clock;
  private boolean stale;

  Heard(ChatListener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  /// One call. Safe for use by several threads: an adapter speaks on its own.
  final class Voice implements ChatListener, AutoCloseable {
    private final Instant begun = clock.instant();
    private final StringBuilder said = new StringBuilder();
    private @Nullable Instant first;
    private boolean over;

    @Override
    public void text(String more) {
      synchronized (Heard.this) {
        if (over || more.isEmpty()) {
          return;
        }
        if (first == null) {
          first = clock.instant();
        }
        if (stale) {
          stale = false;
          listener.restart();
        }
        said.append(more);
        listener.text(more);
      }
    }

    @Override
    public void restart() {
      synchronized (Heard.this) {
        stale |= !said.isEmpty();
        said.setLength(0);
      }
    }

    /// It failed: what it said does not count.
    @Override
    public void close() {
      restart();
      end();
    }

    /// It is over.
    void end() {
      synchronized (Heard.this) {
        over = true;
      }
    }

    Instant begun() {
      return begun;
    }

    String said() {
      synchronized (Heard.this) {
        return said.toString();
      }
    }

    @Nullable Long firstMillis() {
      synchronized (Heard.this) {
        return first == null ? null : Duration.between(begun, first).toMillis();
      }
    }
  }

  Voice voice() {
    return new Voice();
  }
}
