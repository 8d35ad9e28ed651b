package dev.sandpiper.edge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private final EventLog log = new EventLog("e", 2);
  private final List<String> heard = new ArrayList<>();

  private EventLog.Subscription listen(@org.jspecify.annotations.Nullable String lastId) {
    return log.subscribe(lastId, event -> heard.add(event.id() + " " + event.type()));
  }

  @Test
  void aListenerHearsWhatComesUntilItLeaves() {
    log.publish("a", "{}");
    try (EventLog.Subscription _ = listen(null)) {
      log.publish("b", "{}");
    }
    log.publish("c", "{}");
    assertThat(heard).containsExactly("e-2 b");
  }

  @Test
  void aListenerThatReturnsCatchesUp() {
    log.publish("a", "{}");
    log.publish("b", "{}");
    listen("e-1").close();
    listen("e-2").close();
    assertThat(heard).containsExactly("e-2 b");
  }

  @Test
  void aListenerWhosePlaceIsGoneIsTold() {
    for (int i = 0; i < 5; i++) {
      log.publish("x", "{}");
    }
    listen("e-1").close();
    listen("before-1").close();
    assertThat(heard).containsExactly("e-5 reset", "e-5 reset");
  }

  @Test
  void dataIsOneLine() {
    assertThatThrownBy(() -> log.publish("a", "{\n}"))
        .hasMessage("an event's data must be one line");
  }
}
