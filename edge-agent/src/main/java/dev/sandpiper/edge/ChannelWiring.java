package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.channel.discord.DiscordChannel;
import dev.sandpiper.edge.channel.discord.DiscordOptions;
import dev.sandpiper.edge.channel.telegram.TelegramChannel;
import dev.sandpiper.edge.channel.telegram.TelegramOptions;
import dev.sandpiper.edge.channel.webhook.Webhook;
import dev.sandpiper.edge.channel.webhook.WebhookChannel;
import dev.sandpiper.edge.config.DiscordConfig;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.SecretRef;
import dev.sandpiper.edge.config.TelegramConfig;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.command.CommandSet;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Makes the channels that the configuration switches on.
final class ChannelWiring {

  private final ConversationDesk.Base base;
  private final Environment environment;
  private final Supplier<HttpCaller> caller;
  private final List<Channel> channels = new ArrayList<>();
  private final List<Hook> hooks = new ArrayList<>();

  /// @param environment where secrets are
  /// @param caller makes the one caller, or answers it again
  ChannelWiring(ConversationDesk.Base base, Environment environment, Supplier<HttpCaller> caller) {
    this.base = base;
    this.environment = environment;
    this.caller = caller;
    base.config().telegram().ifPresent(this::telegram);
    base.config().discord().token().ifPresent(token -> discord(base.config().discord(), token));
    if (!base.config().webhooks().isEmpty()) {
      webhooks();
    }
  }

  /// Not started.
  List<Channel> channels() {
    return channels;
  }

  /// Their doors in the HTTP server.
  List<Hook> hooks() {
    return hooks;
  }

  private void telegram(TelegramConfig telegram) {
    TelegramChannel channel =
        new TelegramChannel(
            new TelegramOptions(
                telegram.baseUrl(),
                secret(telegram.token()),
                telegram
                    .webhook()
                    .map(webhook ->
                        new TelegramOptions.Webhook(
                            webhook.url(), webhook.secret().map(this::secret).orElse(null)))
                    .orElse(null)),
            new TelegramChannel.Parts(
                caller.get(),
                base.shelves().database(),
                base.clockwork().clock(),
                base.clockwork().random(),
                base.journal()),
            menu(base.messages()));
    channels.add(channel);
    hooks.addAll(channel.hooks());
  }

  private void discord(DiscordConfig discord, SecretRef token) {
    channels.add(
        new DiscordChannel(
            new DiscordOptions(secret(token), discord.base()),
            new DiscordChannel.Parts(
                caller.get(),
                base.shelves().database(),
                base.journal(),
                base.clockwork().clock(),
                base.clockwork().random()),
            menu(base.messages())));
  }

  private void webhooks() {
    List<Webhook> programs =
        base.config().webhooks().stream()
            .map(webhook ->
                new Webhook(
                    webhook.name(),
                    webhook.secrets().stream().map(this::secret).toList(),
                    webhook.url().map(URI::create).orElse(null)))
            .toList();
    WebhookChannel channel =
        new WebhookChannel(
            programs,
            new WebhookChannel.Parts(
                base.shelves().database(),
                base.shelves().blobs(),
                caller.get(),
                base.clockwork().clock()));
    channels.add(channel);
    hooks.addAll(channel.hooks());
  }

  private Secret secret(SecretRef place) {
    return place.resolve(environment);
  }

  /// The commands as channels list them, in every language there is.
  private static List<MenuItem> menu(Messages messages) {
    return CommandSet.NAMES.stream().map(name -> item(messages, name)).toList();
  }

  private static MenuItem item(Messages messages, String name) {
    return new MenuItem(
        name,
        messages.spoken().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), locale -> description(messages, locale, name))));
  }

  private static String description(Messages messages, Locale locale, String name) {
    return messages.text(locale, "command." + name);
  }
}
