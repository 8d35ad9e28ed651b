package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the configuration switches on.
final class AgentTalk implements ConversationSource {

  private @Nullable WebWiring web;

  @Override
  public List<Channel> channels(ConversationDesk.Base base) {
    List<Channel> channels = new ArrayList<>();
    if (base.config().web().enabled()) {
      WebWiring page = new WebWiring(base);
      web = page;
      channels.add(page.channel());
    }
    return channels;
  }

  @Override
  public List<Command> commands(ConversationDesk desk) {
    return List.of();
  }

  @Override
  public Optional<Asker> asker(ConversationDesk desk) {
    return Optional.empty();
  }

  @Override
  public Optional<WebWiring> page() {
    return Optional.ofNullable(web);
  }

  @Override
  public List<Hook> hooks() {
    return List.of();
  }
}
