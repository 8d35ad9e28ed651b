package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.work.JobWork;
import java.util.List;
import java.util.Optional;

/// What a conversation is made of beyond its core. Asked in this order.
interface ConversationSource extends AutoCloseable {

  /// The channels that are switched on, not started; without any there is no conversation.
  List<Channel> channels(ConversationDesk.Base base);

  /// The commands.
  List<Command> commands(ConversationDesk desk);

  /// Who answers what is not a command; empty when nobody does.
  Optional<Asker> asker(ConversationDesk desk);

  /// Works for the lanes of documents.
  default List<JobWork> documentWorks() {
    return List.of();
  }

  /// How what stands behind the conversation does.
  default List<CheckResult> checks() {
    return List.of();
  }

  /// Begins what goes on beside the messages.
  default void start() {}

  @Override
  default void close() {}

  /// The page, when it is switched on.
  default Optional<WebWiring> page() {
    return Optional.empty();
  }

  /// The doors of channels in the HTTP server.
  default List<Hook> hooks() {
    return List.of();
  }

  /// Nothing at all.
  static ConversationSource none() {
    return new ConversationSource() {
      @Override
      public List<Channel> channels(ConversationDesk.Base base) {
        return List.of();
      }

      @Override
      public List<Command> commands(ConversationDesk desk) {
        return List.of();
      }

      @Override
      public Optional<Asker> asker(ConversationDesk desk) {
        return Optional.empty();
      }
    };
  }
}
