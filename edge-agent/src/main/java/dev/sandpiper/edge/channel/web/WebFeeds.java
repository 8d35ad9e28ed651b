package dev.sandpiper.edge.channel.web;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.event.EventSource;
import dev.sandpiper.edge.view.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What happens in each chat, for the pages that are open. Nothing here is kept: who was away too
/// long is told to look at the history.
final class WebFeeds {

  private static final int EVENTS_KEPT = 200;
  private static final int MOST_ROOMS = 64;
  private static final int MOST_LISTENERS = 8;

  /// Words so far are shown this often, and whole every so many times; between, only what is new.
  private static final Duration PACE = Duration.ofMillis(120);

  private static final int WHOLE_EVERY = 16;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Room> rooms = new LinkedHashMap<>(16, 0.75f, true);
  private long made;

  WebFeeds(InstantSource clock) {
    this.clock = clock;
  }

  /// Tells the pages of a chat about a message, new or changed.
  void message(String chat, WebMessage message) {
    room(chat).log.publish("message", Json.line(message::write));
  }

  /// The events of a chat for one session.
  ///
  /// @return empty when too many pages are open already
  Optional<EventSource> open(String chat, long session) {
    Room room = room(chat);
    lock.lock();
    try {
      return room.listeners.size() >= MOST_LISTENERS
          ? Optional.empty()
          : Optional.of((lastId, listener) -> listen(room, session, lastId, listener));
    } finally {
      lock.unlock();
    }
  }

  private EventLog.Subscription listen(
      Room room, long session, @Nullable String lastId, EventSource.Listener listener) {
    lock.lock();
    try {
      room.listeners.put(listener, session);
    } finally {
      lock.unlock();
    }
    EventLog.Subscription subscription = room.log.subscribe(lastId, listener);
    room.catchUp(listener);
    return () -> {
      subscription.close();
      lock.lock();
      try {
        room.listeners.remove(listener);
      } finally {
        lock.unlock();
      }
    };
  }

  /// Forgets what a chat's pages were told; those that are open look at the history again.
  void forget(String chat) {
    room(chat).log.forget();
  }

  /// Ends what a session listens to.
  void end(long session) {
    List<EventSource.Listener> ended = new ArrayList<>();
    lock.lock();
    try {
      for (Room room : rooms.values()) {
        room.listeners.forEach((listener, of) -> {
          if (of == session) {
            ended.add(listener);
          }
        });
      }
    } finally {
      lock.unlock();
    }
    ended.forEach(EventSource.Listener::end);
  }

  /// Shows that an answer is being made.
  LiveReply live(String chat) {
    Room room = room(chat);
    room.typing();
    return new LiveReply() {
      @Override
      public void show(String markdownSoFar) {
        room.show(markdownSoFar);
      }

      @Override
      public void close() {
        room.quiet();
      }
    };
  }

  private Room room(String chat) {
    lock.lock();
    try {
      Room room = rooms.get(chat);
      if (room == null) {
        dropSome();
        // Every room's ids are its own: an id of a room that was dropped must not be taken for one
        // of the room that came after it.
        String epoch = Long.toString(clock.millis(), Character.MAX_RADIX) + "r" + ++made;
        room = new Room(new EventLog(epoch, EVENTS_KEPT));
        rooms.put(chat, room);
      }
      return room;
    } finally {
      lock.unlock();
    }
  }

  private void dropSome() {
    Iterator<Room> oldest = rooms.values().iterator();
    while (rooms.size() >= MOST_ROOMS && oldest.hasNext()) {
      if (oldest.next().listeners.isEmpty()) {
        oldest.remove();
      }
    }
  }

  /// One chat.
  private final class Room {
    final EventLog log;
    final Map<EventSource.Listener, Long> listeners = new HashMap<>();
    private final ReentrantLock words = new ReentrantLock();
    private int replies;
    private String shown = "";
    private Instant shownAt = Instant.EPOCH;
    private int pieces;

    Room(EventLog log) {
      this.log = log;
    }

    void typing() {
      words.lock();
      try {
        replies++;
        shown = "";
        shownAt = Instant.EPOCH;
        pieces = 0;
        log.tell("typing", "{}");
      } finally {
        words.unlock();
      }
    }

    void show(String text) {
      words.lock();
      try {
        Instant now = clock.instant();
        if (Duration.between(shownAt, now).compareTo(PACE) < 0 || text.equals(shown)) {
          return;
        }
        boolean more = text.startsWith(shown) && pieces % WHOLE_EVERY != 0;
        int from = more ? shown.length() : 0;
        log.tell("live", piece(from, text.substring(from)));
        shown = text;
        shownAt = now;
        pieces++;
      } finally {
        words.unlock();
      }
    }

    void quiet() {
      words.lock();
      try {
        replies--;
        shown = "";
        if (replies == 0) {
          log.tell("quiet", "{}");
        }
      } finally {
        words.unlock();
      }
    }

    void catchUp(EventSource.Listener listener) {
      words.lock();
      try {
        if (replies > 0) {
          listener.hear(new EventLog.Event("", "typing", "{}"));
        }
        if (!shown.isEmpty()) {
          listener.hear(new EventLog.Event("", "live", piece(0, shown)));
        }
      } finally {
        words.unlock();
      }
    }
  }

  private static String piece(int from, String text) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeNumberField("from", from);
      json.writeStringField("text", text);
      json.writeEndObject();
    });
  }
}
