package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes updates that Telegram brings. Whoever does not know the secret learns nothing; an update
/// that is not taken yet is answered with 503, and Telegram brings it again.
final class WebhookDoor implements Hook {
  private static final String HEADER = "x-telegram-bot-api-secret-token";
  private static final Answer TAKEN = new Answer(200, null);
  private static final Answer NOT_NOW = new Answer(503, null);

  private final Journal journal;
  private volatile @Nullable Open open;

  WebhookDoor(Journal journal) {
    this.journal = journal;
  }

  private record Open(Secret secret, Reception reception) {}

  /// Lets updates in from now on.
  void open(Secret secret, Reception reception) {
    open = new Open(secret, reception);
  }

  void close() {
    open = null;
  }

  @Override
  public String name() {
    return TelegramChannel.NAME;
  }

  @Override
  public Answer receive(Map<String, String> headers, InputStream body) throws IOException {
    Open door = open;
    if (door == null) {
      return NOT_NOW;
    }
    if (!door.secret().matches(headers.getOrDefault(HEADER, ""))) {
      return new Answer(401, null);
    }
    byte[] bytes = body.readNBytes(MAX_BODY + 1);
    JsonValue update;
    try {
      update = JsonValue.read(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      // Telegram would bring it again for ever.
      journal.error("telegram.poison", "reason", "an update that cannot be read", "cause", e);
      return TAKEN;
    }
    try {
      door.reception().take(update);
      return TAKEN;
    } catch (StoreException e) {
      journal.warn("telegram.trouble", "detail", "messages cannot be kept: " + e.getMessage());
      return NOT_NOW;
    } catch (RuntimeException e) {
      journal.warn("telegram.trouble", "detail", "an update cannot be taken: " + e);
      return NOT_NOW;
    }
  }
}
