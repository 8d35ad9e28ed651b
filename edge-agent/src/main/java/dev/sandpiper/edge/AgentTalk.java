package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.channel.webhook.Webhook;
import dev.sandpiper.edge.channel.webhook.WebhookChannel;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the configuration switches on.
final class AgentTalk implements ConversationSource {

  private final Environment environment;
  private final Supplier<HttpCaller> caller;
  private @Nullable WebWiring web;
  private List<Hook> hooks = List.of();

  /// @param environment where secrets are
  /// @param caller made when the first channel needs it
  AgentTalk(Environment environment, Supplier<HttpCaller> caller) {
    this.environment = environment;
    this.caller = caller;
  }

  @Override
  public List<Channel> channels(ConversationDesk.Base base) {
    List<Channel> channels = new ArrayList<>();
    if (base.config().web().enabled()) {
      WebWiring page = new WebWiring(base);
      web = page;
      channels.add(page.channel());
    }
    if (!base.config().webhooks().isEmpty()) {
      WebhookChannel webhooks = webhooks(base);
      hooks = webhooks.hooks();
      channels.add(webhooks);
    }
    return channels;
  }

  private WebhookChannel webhooks(ConversationDesk.Base base) {
    List<Webhook> programs =
        base.config().webhooks().stream()
            .map(webhook ->
                new Webhook(
                    webhook.name(),
                    webhook.secrets().stream().map(ref -> ref.resolve(environment)).toList(),
                    webhook.url().map(URI::create).orElse(null)))
            .toList();
    return new WebhookChannel(
        programs,
        new WebhookChannel.Parts(
            base.shelves().database(),
            base.shelves().blobs(),
            caller.get(),
            base.clockwork().clock()));
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
    return hooks;
  }
}
