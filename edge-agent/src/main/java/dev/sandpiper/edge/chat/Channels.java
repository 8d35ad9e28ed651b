package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Channel;
import java.util.List;
import java.util.Optional;

/// The channels that are switched on.
public record Channels(List<Channel> all) {

  public Channels {
    all = List.copyOf(all);
  }

  /// The channel of this name.
  public Optional<Channel> find(String name) {
    return all.stream().filter(channel -> channel.name().equals(name)).findFirst();
  }
}
