package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What an answer means for a message.
///
/// The Bot API has no key by which a repeated send would be recognised. So only its own word, with
/// a code below 500, proves that nothing was sent. After a lost or broken answer, a gateway's page
/// or an error inside Telegram the message may be there: that is unknown, and stays so. An edit may
/// be repeated: it only sets what is already set.
final class Verdict {
  private static final int FLOOD = 429;
  private static final int SERVER = 500;
  private static final Duration TOKEN = Duration.ofMinutes(10);

  private final Standing standing;
  private final InstantSource clock;
  private long floodedChat;
  private Instant floodUntil = Instant.EPOCH;

  Verdict(Standing standing, InstantSource clock) {
    this.standing = standing;
    this.clock = clock;
  }

  Delivery ofSend(ChatId chat, ApiAnswer answer) {
    return switch (answer) {
      case ApiAnswer.Done(var result) ->
          new Delivery.Delivered(result.findNumber("message_id").map(String::valueOf).orElse(null));
      case ApiAnswer.Failed failed when failed.code() >= SERVER && failed.retryAfter() == null ->
          new Delivery.Unknown("Telegram answered: " + failed.reason());
      case ApiAnswer.Failed failed -> refused(chat, failed);
      case ApiAnswer.Silent silent ->
          silent.acted()
              ? new Delivery.Unknown(silent.reason())
              : new Delivery.Later(silent.reason(), null, true);
    };
  }

  /// @param target the message that was edited
  Delivery ofEdit(ChatId chat, ApiAnswer answer, String target) {
    if (answer instanceof ApiAnswer.Failed failed && failed.says("message is not modified")) {
      return new Delivery.Delivered(target);
    }
    return switch (ofSend(chat, answer)) {
      case Delivery.Unknown(String reason) -> new Delivery.Later(reason, null, false);
      case Delivery.Delivered _ -> new Delivery.Delivered(target);
      case Delivery other -> other;
    };
  }

  private Delivery refused(ChatId chat, ApiAnswer.Failed failed) {
    String moved = failed.movedTo();
    if (moved != null) {
      return new Delivery.Moved(moved);
    }
    if (failed.code() == FLOOD || failed.retryAfter() != null) {
      return flood(chat, failed.retryAfter());
    }
    return switch (failed.code()) {
      case 401, 404 -> {
        standing.fail(
            "Telegram does not know the bot's token (" + failed.reason() + ")",
            "Check telegram.token: BotFather shows it with /token.");
        yield new Delivery.Later(
            "Telegram does not know the bot's token; check telegram.token", TOKEN, true);
      }
      case 409 -> new Delivery.Later("Telegram answered: " + failed.reason(), null, false);
      default -> new Delivery.Refused("Telegram answered: " + failed.reason());
    };
  }

  /// Telegram does not say whether it means this chat or the bot. When it says it in two chats at a
  /// time, it means the bot.
  private synchronized Delivery flood(ChatId chat, @Nullable Duration wait) {
    Instant now = clock.instant();
    boolean everywhere = floodUntil.isAfter(now) && floodedChat != chat.chat();
    Duration pause = wait == null ? Duration.ofMinutes(1) : wait;
    floodedChat = chat.chat();
    floodUntil = now.plus(pause);
    return new Delivery.Later(
        "Telegram asks to wait " + pause.toSeconds() + " s", pause, everywhere);
  }
}
