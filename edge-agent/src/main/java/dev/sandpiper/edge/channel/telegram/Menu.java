package dev.sandpiper.edge.channel.telegram;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.CallTimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/// The list of commands that Telegram shows behind the slash. It is sent when it has changed, for
/// Telegram limits how often it may be.
final class Menu {
  private static final int MOST = 100;
  private static final int LONGEST_DESCRIPTION = 256;

  private final BotApi api;
  private final TelegramFacts facts;
  private final List<MenuItem> items;
  private final Journal journal;

  Menu(BotApi api, TelegramFacts facts, List<MenuItem> items, Journal journal) {
    this.api = api;
    this.facts = facts;
    this.items =
        items.stream().filter(item -> item.name().matches("[a-z0-9_]{1,32}")).limit(MOST).toList();
    this.journal = journal;
  }

  /// Sends it when it is not what was sent last. A failure is tried again at the next start.
  void publish() throws InterruptedException {
    String print = fingerprint();
    if (items.isEmpty() || facts.findMenu().filter(print::equals).isPresent()) {
      return;
    }
    TreeSet<String> languages = new TreeSet<>();
    items.forEach(item ->
        item.descriptions().keySet().forEach(locale -> languages.add(locale.getLanguage())));
    boolean done = send("");
    for (String language : languages) {
      done &= language.equals("en") || send(language);
    }
    if (done) {
      facts.menu(print);
    }
  }

  private boolean send(String language) throws InterruptedException {
    ApiAnswer answer = api.call("setMyCommands", json -> commands(json, language), CallTimes.SHORT);
    switch (answer) {
      case ApiAnswer.Done _ -> {
        return true;
      }
      case ApiAnswer.Failed failed -> journal.warn("telegram.menu", "reason", failed.reason());
      case ApiAnswer.Silent silent -> journal.warn("telegram.menu", "reason", silent.reason());
    }
    return false;
  }

  private void commands(JsonGenerator json, String language) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("commands");
    for (MenuItem item : items) {
      json.writeStartObject();
      json.writeStringField("command", item.name());
      json.writeStringField("description", description(item, language));
      json.writeEndObject();
    }
    json.writeEndArray();
    if (!language.isEmpty()) {
      json.writeStringField("language_code", language);
    }
    json.writeEndObject();
  }

  private static String description(MenuItem item, String language) {
    String english = item.descriptions().getOrDefault(Locale.ENGLISH, item.name());
    String text =
        language.isEmpty()
            ? english
            : item.descriptions().getOrDefault(Locale.of(language), english);
    String one = text.replaceAll("\\s+", " ").strip();
    String shown = one.isEmpty() ? item.name() : one;
    return shown.length() > LONGEST_DESCRIPTION
        ? shown.substring(0, LONGEST_DESCRIPTION - 1) + "…"
        : shown;
  }

  private String fingerprint() {
    StringBuilder all = new StringBuilder();
    for (MenuItem item : items) {
      TreeMap<String, String> descriptions = new TreeMap<>();
      item.descriptions().forEach((locale, text) -> descriptions.put(locale.toString(), text));
      all.append(item.name()).append(descriptions).append('\n');
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
