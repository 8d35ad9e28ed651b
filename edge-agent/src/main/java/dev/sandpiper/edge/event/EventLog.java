package dev.sandpiper.edge.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The last few events, and whoever listens. Numbering starts anew with every start of the agent;
/// the epoch in the id keeps starts apart.
public final class EventLog implements EventSource {

  /// Sent to a listener whose place in the log is gone: it should look at the lists again.
  public static final String RESET = "reset";

  /// An event.
  ///
  /// @param id unique over all starts; empty: nobody who was away needs it
  /// @param type a word such as `document`
  /// @param data one line of JSON
  public record Event(String id, String type, String data) {
    public Event {
      if (data.indexOf('\n') >= 0 || data.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("an event's data must be one line");
      }
    }
  }

  /// Ends with `close`.
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Event> recent = new ArrayDeque<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final String epoch;
  private final int keep;
  private long last;

  /// @param epoch differs at every start, letters and digits
  /// @param keep how many events a returning listener can catch up on
  public EventLog(String epoch, int keep) {
    this.epoch = epoch;
    this.keep = keep;
  }

  /// Tells everybody. Listeners are called in turn and must be quick.
  public void publish(String type, String data) {
    lock.lock();
    try {
      Event event = new Event(id(++last), type, data);
      recent.addLast(event);
      if (recent.size() > keep) {
        recent.removeFirst();
      }
      List.copyOf(listeners).forEach(listener -> listener.hear(event));
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what was told. Whoever listens, or comes back, is told to look at the lists again.
  public void forget() {
    lock.lock();
    try {
      recent.clear();
      Event event = new Event(id(++last), RESET, "{}");
      List.copyOf(listeners).forEach(listener -> listener.hear(event));
    } finally {
      lock.unlock();
    }
  }

  /// Tells whoever listens now; who comes later does not need to know.
  public void tell(String type, String data) {
    lock.lock();
    try {
      Event event = new Event("", type, data);
      List.copyOf(listeners).forEach(listener -> listener.hear(event));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Subscription subscribe(@Nullable String lastId, Listener listener) {
    lock.lock();
    try {
      if (lastId != null) {
        missed(lastId).forEach(listener::hear);
      }
      listeners.add(listener);
    } finally {
      lock.unlock();
    }
    return () -> remove(listener);
  }

  private void remove(Listener listener) {
    lock.lock();
    try {
      listeners.remove(listener);
    } finally {
      lock.unlock();
    }
  }

  private List<Event> missed(String lastId) {
    if (lastId.equals(id(last))) {
      return List.of();
    }
    List<Event> all = new ArrayList<>(recent);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(lastId)) {
        return all.subList(i + 1, all.size());
      }
    }
    return List.of(new Event(id(last), RESET, "{}"));
  }

  private String id(long number) {
    return epoch + "-" + number;
  }
}
