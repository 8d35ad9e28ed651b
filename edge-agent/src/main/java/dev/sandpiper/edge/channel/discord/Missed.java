package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.HttpCallException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Asks the chats for what was written while no session listened.
final class Missed {

  private static final int PAGE = 25;
  private static final int MOST_PAGES = 40;
  private static final int MOST_TRIES = 4;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Rest rest;

  Missed(Rest rest) {
    this.rest = rest;
  }

  /// Takes a message that was missed.
  interface Taker {
    void take(JsonValue message, Translator.Place place);
  }

  /// What came of asking.
  enum Outcome {
    COMPLETE,
    /// Discord could not be asked; the rest is still missing.
    UNREACHABLE
  }

  Outcome fetch(List<Memory.Chat> chats, Taker taker) throws InterruptedException {
    for (Memory.Chat chat : chats) {
      if (!fetch(chat, taker)) {
        return Outcome.UNREACHABLE;
      }
    }
    return Outcome.COMPLETE;
  }

  private boolean fetch(Memory.Chat chat, Taker taker) throws InterruptedException {
    String after = chat.last();
    for (int page = 0; page < MOST_PAGES; page++) {
      Optional<List<JsonValue>> found =
          page("/channels/" + chat.id() + "/messages?limit=" + PAGE + "&after=" + after);
      if (found.isEmpty()) {
        return false;
      }
      List<JsonValue> messages = new ArrayList<>(found.get());
      messages.removeIf(message -> !Translator.isId(message.text("id", "")));
      messages.sort(
          Comparator.comparingInt((JsonValue message) -> message.text("id", "").length())
              .thenComparing(message -> message.text("id", "")));
      for (JsonValue message : messages) {
        String id = message.text("id", "");
        taker.take(message, new Translator.Place(chat.id(), id, chat.group()));
        after = id;
      }
      if (messages.size() < PAGE) {
        return true;
      }
    }
    return true; // so much was said that older words are nobody's any more
  }

  /// A page; none of a chat that is gone or closed to the bot; empty when Discord cannot be asked.
  private Optional<List<JsonValue>> page(String path) throws InterruptedException {
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      Duration wait = PAUSE.multipliedBy(1L << attempt);
      try {
        switch (rest.get(path)) {
          case RestAnswer.Done(JsonValue json) -> {
            return Optional.of(json.items());
          }
          case RestAnswer.Limited(Duration after, _) -> {
            if (after.compareTo(LONGEST_PAUSE) > 0) {
              return Optional.empty();
            }
            wait = after;
          }
          case RestAnswer.Failed(int status, _, _) when status == 403 || status == 404 -> {
            return Optional.of(List.of());
          }
          case RestAnswer.Failed _ -> {
            // perhaps later
          }
        }
      } catch (HttpCallException _) {
        // perhaps later
      }
      if (attempt + 1 < MOST_TRIES) {
        Thread.sleep(wait);
      }
    }
    return Optional.empty();
  }
}
