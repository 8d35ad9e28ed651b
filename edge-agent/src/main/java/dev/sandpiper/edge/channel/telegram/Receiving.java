package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.store.StoreException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The thread that receives: finds out who the bot is, sees to the webhook, then polls, or leaves
/// the rest to the door.
final class Receiving {
  private static final int SECRET_BYTES = 32;

  private final TelegramOptions options;
  private final BotApi api;
  private final Backoff backoff;
  private final WebhookDoor door;
  private final TelegramFacts facts;
  private final Standing standing;
  private final Troubles troubles;
  private final TelegramChannel.Parts parts;
  private final Journal journal;

  Receiving(
      TelegramOptions options,
      TelegramChannel.Parts parts,
      BotApi api,
      Standing standing,
      Backoff backoff,
      WebhookDoor door) {
    this.options = options;
    this.parts = parts;
    this.api = api;
    this.standing = standing;
    this.backoff = backoff;
    this.door = door;
    this.facts = new TelegramFacts(parts.database(), bot(options.token()));
    this.journal = parts.journal();
    this.troubles = new Troubles(standing, backoff, facts, parts.clock(), journal);
  }

  /// The bot's id is the first part of its token.
  private static long bot(Secret token) {
    String id = token.reveal().split(":", 2)[0];
    return id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
  }

  void run(Inbox inbox, List<MenuItem> menu) {
    try {
      whenPossible(troubles::waitForPermission);
      Optional<Self> self = whoAmI();
      if (self.isEmpty()) {
        return; // closed before Telegram was reached
      }
      Reception reception = new Reception(api, inbox, self.get(), standing, journal);
      whenPossible(() -> new Menu(api, facts, menu, journal).publish());
      TelegramOptions.Webhook webhook = options.webhook();
      if (webhook != null) {
        receiveAt(webhook, self.get(), reception);
      } else {
        poll(self.get(), reception);
      }
    } catch (InterruptedException _) {
      // closed
    } catch (RuntimeException e) {
      standing.fail("receiving broke down: " + e, "Restart the agent, and report this.");
      journal.error("telegram.defect", "reason", e);
    }
  }

  /// Something to do with the database.
  private interface Step {
    void run() throws InterruptedException;
  }

  private void whenPossible(Step step) throws InterruptedException {
    while (!backoff.isClosed()) {
      try {
        step.run();
        backoff.reset();
        return;
      } catch (StoreException e) {
        troubles.cannotKeep(e);
      }
    }
  }

  private Optional<Self> whoAmI() throws InterruptedException {
    while (!backoff.isClosed()) {
      switch (api.call("getMe", BotApi.NO_ARGUMENTS, CallTimes.SHORT)) {
        case ApiAnswer.Done(JsonValue me) -> {
          Optional<Long> id = me.findNumber("id");
          Optional<String> name = me.findText("username");
          if (id.isPresent() && name.isPresent()) {
            backoff.reset();
            return Optional.of(new Self(id.get(), name.get()));
          }
          troubles.meet(new ApiAnswer.Silent("it does not say who the bot is", false, ""));
        }
        case ApiAnswer.Failed failed -> whenPossible(() -> troubles.meet(failed));
        case ApiAnswer.Silent silent -> troubles.meet(silent);
      }
    }
    return Optional.empty();
  }

  private void poll(Self self, Reception reception) throws InterruptedException {
    troubles.wellIs("polls as @" + self.username());
    whenPossible(this::deleteOwnWebhook);
    Poller poller =
        new Poller(
            api, reception, troubles, backoff, new Poller.Tools(parts.clock(), parts.journal()));
    while (!backoff.isClosed()) {
      try {
        poller.poll();
      } catch (StoreException e) {
        troubles.cannotKeep(e);
      } catch (RuntimeException e) {
        troubles.stumbled(e); // a defect must not end the listening
      }
    }
  }

  /// Another program's webhook is left alone: `409` tells of it.
  private void deleteOwnWebhook() throws InterruptedException {
    while (!backoff.isClosed() && facts.findWebhook().isPresent()) {
      switch (api.call("deleteWebhook", BotApi.NO_ARGUMENTS, CallTimes.SHORT)) {
        case ApiAnswer.Done _ -> facts.noWebhook();
        case ApiAnswer.Failed failed -> troubles.meet(failed);
        case ApiAnswer.Silent silent -> troubles.meet(silent);
      }
    }
  }

  private void receiveAt(TelegramOptions.Webhook webhook, Self self, Reception reception)
      throws InterruptedException {
    whenPossible(() -> {
      facts.webhook(webhook.url().toString()); // before it is set: a crash must not forget it
      door.open(webhook.secret() == null ? ownSecret() : webhook.secret(), reception);
    });
    troubles.wellIs("receives at " + webhook.url().getHost() + " as @" + self.username());
    boolean set = false;
    while (!set && !backoff.isClosed()) {
      switch (setWebhook(webhook)) {
        case ApiAnswer.Done _ -> {
          troubles.over();
          set = true;
        }
        case ApiAnswer.Failed failed -> whenPossible(() -> troubles.meet(failed));
        case ApiAnswer.Silent silent -> troubles.meet(silent);
      }
    }
  }

  private ApiAnswer setWebhook(TelegramOptions.Webhook webhook) throws InterruptedException {
    Secret secret = webhook.secret() == null ? ownSecret() : webhook.secret();
    return api.call(
        "setWebhook",
        json -> {
          json.writeStartObject();
          json.writeStringField("url", webhook.url().toString());
          json.writeStringField("secret_token", secret.reveal());
          json.writeNumberField("max_connections", 4);
          json.writeArrayFieldStart("allowed_updates");
          for (String kind : Poller.KINDS) {
            json.writeString(kind);
          }
          json.writeEndArray();
          json.writeEndObject();
        },
        CallTimes.SHORT);
  }

  private Secret ownSecret() {
    String known = facts.findSecret().orElse(null);
    if (known == null) {
      known = makeSecret(parts.random());
      facts.secret(known);
    }
    return new Secret(known);
  }

  private static String makeSecret(RandomGenerator random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
