package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.store.StoreException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Takes updates, however they came.
final class Reception {

  /// Attempts at an update that something of ours stumbles over.
  private static final int ATTEMPTS = 3;

  private static final int MOST_WORDS_OF_THANKS = 16;

  private final BotApi api;
  private final Inbox inbox;
  private final UpdateReader reader;
  private final Standing standing;
  private final Journal journal;
  private final Semaphore thanks = new Semaphore(MOST_WORDS_OF_THANKS);
  private long stumbledOver = -1;
  private int stumbles;

  Reception(BotApi api, Inbox inbox, Self self, Standing standing, Journal journal) {
    this.api = api;
    this.inbox = inbox;
    this.reader = new UpdateReader(self);
    this.standing = standing;
    this.journal = journal;
  }

  /// Takes an update. When this returns, it may be confirmed.
  ///
  /// @throws StoreException when it could not be kept
  void take(JsonValue update) {
    Optional<Long> number = UpdateReader.findNumber(update);
    if (number.isEmpty()) {
      standing.ignored("without a number");
      journal.warn("telegram.poison", "reason", "an update without a usable number");
      return;
    }
    try {
      take(reader.read(number.get(), update));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      stumble(number.get(), e);
    }
  }

  private void take(Update update) {
    switch (update) {
      case Update.Said(var incoming) -> inbox.accept(incoming);
      case Update.Pressed(var incoming, var query) -> {
        inbox.accept(incoming);
        acknowledge(query);
      }
      case Update.Nothing(var kind) -> standing.ignored(kind);
    }
  }

  /// An update that always makes us fail must not hold up the others for ever.
  private synchronized void stumble(long number, RuntimeException cause) {
    stumbles = stumbledOver == number ? stumbles + 1 : 1;
    stumbledOver = number;
    if (stumbles < ATTEMPTS) {
      throw cause;
    }
    standing.ignored("poison");
    journal.error("telegram.poison", "update", number, "reason", cause);
  }

  /// Ends the little clock on the button; nothing depends on it.
  private void acknowledge(String query) {
    if (!thanks.tryAcquire()) {
      return;
    }
    Thread.ofVirtual()
        .name("telegram-press")
        .start(() -> {
          try {
            api.call(
                "answerCallbackQuery",
                json -> {
                  json.writeStartObject();
                  json.writeStringField("callback_query_id", query);
                  json.writeEndObject();
                },
                CallTimes.SHORT);
          } catch (InterruptedException _) {
            // the agent stops
          } finally {
            thanks.release();
          }
        });
  }
}
