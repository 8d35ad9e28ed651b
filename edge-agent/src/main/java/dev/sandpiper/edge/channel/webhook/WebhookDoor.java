package dev.sandpiper.edge.channel.webhook;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.view.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The door of one program. What it says is taken as a message of the account `webhook:NAME`, which
/// is let in like any other: when it is listed.
final class WebhookDoor implements Hook {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int LONGEST_ID = 128;
  private static final int LONGEST_TEXT = 32_000;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_FILES = 10;

  private final String name;
  private final Signing signing;
  private final Parts parts;

  /// @param inbox `null` while the channel is not started
  record Parts(
      WebhookIds ids, BlobStore blobs, InstantSource clock, Supplier<@Nullable Inbox> inbox) {}

  WebhookDoor(String name, Signing signing, Parts parts) {
    this.name = name;
    this.signing = signing;
    this.parts = parts;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Answer receive(Map<String, String> headers, InputStream in) throws IOException {
    byte[] body = in.readAllBytes();
    String id = headers.getOrDefault("webhook-id", "");
    long timestamp = number(headers.getOrDefault("webhook-timestamp", ""));
    String signatures = headers.getOrDefault("webhook-signature", "");
    if (!id.matches("[\\x21-\\x7e]{1," + LONGEST_ID + "}")
        || !signing.isSigned(id, timestamp, body, signatures)) {
      return problem(
          401,
          "The signature is missing or wrong: sign as Standard Webhooks has it, with a secret of"
              + " webhooks."
              + name
              + ".secrets.");
    }
    if (Math.abs(parts.clock().instant().getEpochSecond() - timestamp) > TOLERANCE.toSeconds()) {
      return problem(401, "webhook-timestamp is more than five minutes off; set the clock right.");
    }
    if (parts.ids().isKnown(name, id)) {
      return status(200, "known");
    }
    JsonValue json;
    try {
      json = JsonValue.read(new ByteArrayInputStream(body));
    } catch (IOException _) {
      return problem(400, "The body must be JSON.");
    }
    return take(id, json);
  }

  private Answer take(String id, JsonValue json) throws IOException {
    String text = json.text("text", "").strip();
    if (text.length() > LONGEST_TEXT) {
      return problem(413, "text has at most 32,000 characters; send more as a file.");
    }
    List<IncomingFile> files = new ArrayList<>();
    for (JsonValue file : json.at("files").items()) {
      byte[] bytes = decoded(file.text("content", ""));
      String called = file.text("name", "");
      if (bytes == null
          || called.isBlank()
          || called.length() > LONGEST_NAME
          || files.size() >= MOST_FILES) {
        return problem(400, "Each of at most 10 files needs a name and its content in base64.");
      }
      files.add(kept(called, file.nullableText("type"), bytes));
    }
    if (text.isEmpty() && files.isEmpty()) {
      return problem(400, "Say something: {\"text\": \"…\"}, or send files.");
    }
    return accepted(id, text, files);
  }

  private Answer accepted(String id, String text, List<IncomingFile> files) {
    Inbox inbox = parts.inbox().get();
    if (inbox == null) {
      return problem(503, "The agent is starting or stopping; send it again.");
    }
    Inbox.Taken taken;
    try {
      taken =
          inbox.accept(
              new Incoming(
                  name + ":" + id,
                  new Address(WebhookChannel.NAME, name),
                  new Sender(WebhookChannel.NAME, name, name, null),
                  false,
                  new Incoming.Content.Message(text, files, id, null)));
      if (taken != Inbox.Taken.DENIED) {
        parts.ids().add(name, id);
      }
    } catch (StoreException e) {
      return problem(503, "It could not be kept: " + e.getMessage() + " Send it again.");
    }
    return switch (taken) {
      case NEW -> status(202, "taken");
      case KNOWN -> status(200, "known");
      case DENIED ->
          problem(
              403,
              "webhook:%s is not let in, or sends too much: list it under people.members or another"
                      .formatted(name)
                  + " role, and see people.messages_per_minute.");
    };
  }

  private IncomingFile kept(String called, @Nullable String type, byte[] bytes) throws IOException {
    Blob blob = parts.blobs().put(new ByteArrayInputStream(bytes), MAX_BODY);
    return new IncomingFile(called, blob.size(), type, blob.sha256());
  }

  private static byte @Nullable [] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static long number(String text) {
    try {
      return text.length() > 12 ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static Answer status(int status, String word) {
    return new Answer(status, "{\"status\":\"" + word + "\"}");
  }

  private static Answer problem(int status, String detail) {
    return new Answer(
        status,
        Json.line(json -> {
          json.writeStartObject();
          json.writeNumberField("status", status);
          json.writeStringField("detail", detail);
          json.writeEndObject();
        }));
  }
}
