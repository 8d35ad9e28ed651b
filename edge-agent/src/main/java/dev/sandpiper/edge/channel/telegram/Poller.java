package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks for updates, one long question after the other. A question confirms what was taken before
/// it, and only that.
final class Poller {

  /// What we ask for; Telegram keeps everything else from us.
  static final List<String> KINDS = List.of("message", "callback_query");

  private static final int MOST_UPDATES = 100;
  private static final Duration QUESTION = Duration.ofSeconds(50);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration TOO_QUICK = Duration.ofSeconds(1);
  private static final int UNREADABLE_ATTEMPTS = 3;
  private static final Pattern NUMBER = Pattern.compile("\"update_id\"\\s*:\\s*([0-9]{1,15})");

  // A poll without an answer is found dead after 65 seconds.
  private static final CallTimes TIMES = CallTimes.SHORT.withFirstByte(QUESTION.plus(GRACE));

  private final BotApi api;
  private final Reception reception;
  private final Troubles troubles;
  private final Backoff backoff;
  private final InstantSource clock;
  private final Journal journal;
  private long offset; // 0: nothing to confirm
  private int most = MOST_UPDATES;
  private int unreadable;

  Poller(BotApi api, Reception reception, Troubles troubles, Backoff backoff, Tools tools) {
    this.api = api;
    this.reception = reception;
    this.troubles = troubles;
    this.backoff = backoff;
    this.clock = tools.clock();
    this.journal = tools.journal();
  }

  /// @param clock tells whether an answer came suspiciously soon
  record Tools(InstantSource clock, Journal journal) {}

  /// Asks once and takes what comes; waits when it went wrong.
  void poll() throws InterruptedException {
    Instant asked = clock.instant();
    ApiAnswer answer = api.call("getUpdates", this::question, TIMES);
    switch (answer) {
      case ApiAnswer.Done(JsonValue result) -> {
        troubles.over();
        unreadable = 0;
        take(result.items(), asked);
      }
      case ApiAnswer.Failed failed -> troubles.meet(failed);
      case ApiAnswer.Silent silent -> unreadable(silent);
    }
  }

  private void question(com.fasterxml.jackson.core.JsonGenerator json) throws java.io.IOException {
    json.writeStartObject();
    if (offset > 0) {
      json.writeNumberField("offset", offset);
    }
    json.writeNumberField("limit", most);
    json.writeNumberField("timeout", QUESTION.toSeconds());
    json.writeArrayFieldStart("allowed_updates");
    for (String kind : KINDS) {
      json.writeString(kind);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void take(List<JsonValue> updates, Instant asked) throws InterruptedException {
    long before = offset;
    for (JsonValue update : updates) {
      Optional<Long> number = UpdateReader.findNumber(update);
      if (number.isPresent() && number.get() < offset) {
        continue; // confirmed long ago
      }
      try {
        reception.take(update);
      } catch (StoreException e) {
        troubles.cannotKeep(e);
        return;
      } catch (RuntimeException e) {
        troubles.stumbled(e);
        return;
      }
      offset = number.map(taken -> taken + 1).orElse(offset);
    }
    if (offset != before) {
      backoff.reset();
      most = MOST_UPDATES;
      return;
    }
    // Everything is confirmed. Numbers may begin anew after a week without updates, lower ones,
    // too:
    // an old offset would hide them.
    offset = updates.isEmpty() ? 0 : offset;
    if (Duration.between(asked, clock.instant()).abs().compareTo(TOO_QUICK) < 0) {
      backoff.fail(LONGEST_PAUSE); // whoever answers at once with nothing would be asked for ever
    } else {
      backoff.reset();
    }
  }

  /// An answer that cannot be read holds something that cannot: it is looked for alone, and left
  /// out when its number can be told.
  private void unreadable(ApiAnswer.Silent silent) throws InterruptedException {
    if (silent.body().isEmpty()) {
      troubles.meet(silent);
      return;
    }
    unreadable++;
    most = 1;
    Matcher number = NUMBER.matcher(silent.body());
    if (unreadable > UNREADABLE_ATTEMPTS && number.find()) {
      long poison = Long.parseLong(number.group(1));
      journal.error("telegram.poison", "update", poison, "reason", silent.reason());
      offset = poison >= offset ? poison + 1 : offset;
      unreadable = 0;
    }
    troubles.meet(silent);
  }
}
