package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.view.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Tells Discord which commands there are, when they are others than it was told last.
final class Registration {

  private static final int TEXT_OPTION = 3;
  private static final int MOST = 100;

  /// Longest description, in code points.
  private static final int LONGEST = 100;

  /// Those that Discord names by two letters.
  private static final Set<String> LANGUAGES =
      Set.of(
          "bg", "cs", "da", "de", "el", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt",
          "nl", "no", "pl", "ro", "ru", "th", "tr", "uk", "vi");

  private final Rest rest;
  private final Memory memory;
  private final Journal journal;
  private final String json;
  private final AtomicBoolean running = new AtomicBoolean();

  Registration(Rest rest, Memory memory, List<MenuItem> menu, Journal journal) {
    this.rest = rest;
    this.memory = memory;
    this.journal = journal;
    this.json =
        json(
            menu.stream()
                .filter(item -> item.name().matches("[a-z0-9_-]{1,32}"))
                .limit(MOST)
                .toList());
  }

  /// Begins to, and returns at once. What fails is tried again when the next session begins.
  void begin() {
    String hash = hash(memory.application() + json);
    if (memory.hasCommands(hash) || !running.compareAndSet(false, true)) {
      return;
    }
    Thread.ofVirtual()
        .name("discord-commands")
        .start(() -> {
          try {
            String path = "/applications/" + memory.application() + "/commands";
            RestAnswer answer = rest.call("PUT", path, HttpBody.json(json), CallTimes.SHORT);
            switch (answer) {
              case RestAnswer.Done _ -> memory.commands(hash);
              case RestAnswer.Limited _ ->
                  failed("Discord asks to be left alone for a while (429)");
              case RestAnswer.Failed failure -> failed(Rest.words(failure));
            }
          } catch (HttpCallException | StoreException e) {
            failed(String.valueOf(e.getMessage()));
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          } finally {
            running.set(false);
          }
        });
  }

  private void failed(String why) {
    journal.warn("discord-commands-not-registered", "reason", why);
  }

  private static String json(List<MenuItem> menu) {
    return Json.line(json -> {
      json.writeStartArray();
      for (MenuItem item : menu) {
        json.writeStartObject();
        json.writeStringField("name", item.name());
        json.writeNumberField("type", 1);
        json.writeStringField(
            "description", cut(item.descriptions().getOrDefault(Locale.ENGLISH, item.name())));
        Map<String, String> others = others(item);
        if (!others.isEmpty()) {
          json.writeObjectFieldStart("description_localizations");
          for (Map.Entry<String, String> other : others.entrySet()) {
            json.writeStringField(other.getKey(), cut(other.getValue()));
          }
          json.writeEndObject();
        }
        json.writeArrayFieldStart("options");
        json.writeStartObject();
        json.writeNumberField("type", TEXT_OPTION);
        json.writeStringField("name", "words");
        json.writeStringField("description", "…");
        json.writeBooleanField("required", false);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  /// By Discord's names of languages; English is what others see.
  private static Map<String, String> others(MenuItem item) {
    Map<String, String> others = new TreeMap<>();
    item.descriptions()
        .forEach((locale, text) -> {
          if (LANGUAGES.contains(locale.getLanguage())) {
            others.put(locale.getLanguage(), text);
          }
        });
    return others;
  }

  private static String cut(String text) {
    String words = text.isBlank() ? "…" : text;
    return words.codePointCount(0, words.length()) <= LONGEST
        ? words
        : words.substring(0, words.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
          .substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
