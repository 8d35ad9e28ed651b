package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.view.Json;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/// Tells Discord within its three seconds that an interaction has arrived; the answer itself comes
/// as a message, which is not bound to the interaction's quarter of an hour. An acknowledgement
/// that fails costs the person a red line, nothing else.
final class Acks {

  private static final int MESSAGE = 4;
  private static final int DEFERRED_UPDATE = 6;
  private static final int ONLY_FOR_THEM = 64;
  private static final int COMMAND = 2;
  private static final int MOST_WORDS = 1_900;
  private static final String REFUSED = "🔒";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,1000}");

  private static final CallTimes TIMES =
      new CallTimes(
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5));

  private final Rest rest;
  private final Semaphore places = new Semaphore(16);

  Acks(Rest rest) {
    this.rest = rest;
  }

  /// Begins to tell and returns at once.
  void acknowledge(JsonValue interaction, boolean accepted) {
    String token = interaction.text("token", "");
    if (!TOKEN.matcher(token).matches() || token.contains("/") || !places.tryAcquire()) {
      return;
    }
    String path = "/interactions/" + interaction.text("id", "") + "/" + token + "/callback";
    String body =
        interaction.number(0, "type") == COMMAND
            ? command(interaction, accepted)
            : Json.line(json -> {
              json.writeStartObject();
              json.writeNumberField("type", DEFERRED_UPDATE);
              json.writeEndObject();
            });
    Thread.ofVirtual()
        .name("discord-ack")
        .start(() -> {
          try {
            RestAnswer _ = rest.call("POST", path, HttpBody.json(body), TIMES);
          } catch (HttpCallException _) {
            // the person sees that nothing confirmed it; the message is taken all the same
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          } finally {
            places.release();
          }
        });
  }

  /// What was asked is repeated where all can read it: the answer below it would else stand alone.
  private static String command(JsonValue interaction, boolean accepted) {
    String words = Translator.command(interaction).replace("`", "'");
    String shown = words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "…" : words;
    return Json.line(json -> {
      json.writeStartObject();
      json.writeNumberField("type", MESSAGE);
      json.writeObjectFieldStart("data");
      json.writeStringField("content", accepted ? "`" + shown + "`" : REFUSED);
      if (!accepted) {
        json.writeNumberField("flags", ONLY_FOR_THEM);
      }
      Payloads.noMentions(json);
      json.writeEndObject();
      json.writeEndObject();
    });
  }
}
