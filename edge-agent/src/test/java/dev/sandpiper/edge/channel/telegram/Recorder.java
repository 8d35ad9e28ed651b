package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// An inbox that remembers what it has taken.
final class Recorder implements Inbox {
  private final List<Incoming> taken = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private Consumer<Incoming> before = _ -> {};

  /// Runs before anything is taken; what it throws, the inbox throws.
  synchronized void before(Consumer<Incoming> action) {
    before = action;
  }

  @Override
  public synchronized Taken accept(Incoming incoming) {
    before.accept(incoming);
    if (!known.add(incoming.updateKey())) {
      return Taken.KNOWN;
    }
    taken.add(incoming);
    return Taken.NEW;
  }

  synchronized List<Incoming> taken() {
    return List.copyOf(taken);
  }

  /// What was said, in its order.
  synchronized List<String> words() {
    return taken.stream()
        .map(Incoming::content)
        .map(content ->
            switch (content) {
              case Incoming.Content.Message message -> message.text();
              case Incoming.Content.Press press -> "press " + press.data();
            })
        .toList();
  }
}
