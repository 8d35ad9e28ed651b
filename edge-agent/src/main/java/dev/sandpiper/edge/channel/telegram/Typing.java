package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.net.CallTimes;
import java.time.Duration;

/// Shows "typing…" until it is closed. Telegram forgets it after five seconds.
final class Typing implements LiveReply {
  private static final Duration AGAIN = Duration.ofMillis(4_500);

  /// After so many times somebody has forgotten to close it.
  private static final int MOST = 400;

  private final Thread thread;

  Typing(BotApi api, ChatId chat) {
    this.thread = Thread.ofVirtual().name("telegram-typing").start(() -> show(api, chat));
  }

  @Override
  public void show(String markdownSoFar) {
    // The answer comes as a message; half of one would count against the chat's rate.
  }

  private static void show(BotApi api, ChatId chat) {
    try {
      for (int times = 0; times < MOST; times++) {
        ApiAnswer answer =
            api.call(
                "sendChatAction",
                json -> {
                  json.writeStartObject();
                  chat.write(json);
                  json.writeStringField("action", "typing");
                  json.writeEndObject();
                },
                CallTimes.SHORT);
        if (!(answer instanceof ApiAnswer.Done)) {
          return; // a nicety: nobody is asked twice for it
        }
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException _) {
      // it is closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
