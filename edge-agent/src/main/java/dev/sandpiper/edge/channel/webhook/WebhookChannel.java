package dev.sandpiper.edge.channel.webhook;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.channel.PlainPieces;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.HttpReply;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Chat with other programs: each has a door here and an address there, both signed. A parcel's key
/// is its id, the same however often it is sent, so that its receiver can tell.
public final class WebhookChannel implements Channel {

  /// Its name in addresses.
  public static final String NAME = "webhook";

  private static final int LONGEST_PIECE = 16_000;
  private static final long LARGEST_FILE = 512 << 10;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final Map<String, Program> programs = new LinkedHashMap<>();
  private final List<Hook> hooks = new ArrayList<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final Parts parts;
  private volatile @Nullable Inbox inbox;

  /// What it works with.
  public record Parts(Database database, BlobStore blobs, HttpCaller caller, InstantSource clock) {}

  private record Program(@Nullable URI url, Signing signing) {}

  /// @throws dev.sandpiper.edge.config.ConfigException when a secret is none
  public WebhookChannel(List<Webhook> webhooks, Parts parts) {
    this.parts = parts;
    WebhookDoor.Parts door =
        new WebhookDoor.Parts(
            new WebhookIds(parts.database(), parts.clock()),
            parts.blobs(),
            parts.clock(),
            () -> inbox);
    for (Webhook webhook : webhooks) {
      Signing signing = Signing.of(webhook.name(), webhook.secrets());
      programs.put(webhook.name(), new Program(webhook.url(), signing));
      hooks.add(new WebhookDoor(webhook.name(), signing, door));
    }
  }

  /// The doors, for the HTTP server.
  public List<Hook> hooks() {
    return List.copyOf(hooks);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(Inbox inbox) {
    this.inbox = inbox;
  }

  @Override
  public List<String> split(String markdown) {
    return PlainPieces.cut(markdown, LONGEST_PIECE);
  }

  @Override
  public Delivery deliver(Parcel parcel) throws InterruptedException {
    String chat = parcel.address().chat();
    Program program = programs.get(chat);
    if (program == null || program.url() == null) {
      return new Delivery.Refused(
          "webhooks." + chat + ".url is not set: answers to " + chat + " go nowhere");
    }
    if (gone.contains(chat)) {
      return new Delivery.Refused(goneFor(chat));
    }
    byte[] body;
    try {
      body = body(parcel);
    } catch (IOException e) {
      return new Delivery.Refused("the file cannot be read: " + e.getMessage());
    }
    long now = parts.clock().instant().getEpochSecond();
    Map<String, String> headers =
        Map.of(
            "webhook-id", parcel.key(),
            "webhook-timestamp", Long.toString(now),
            "webhook-signature", program.signing().sign(parcel.key(), now, body));
    HttpCall call =
        new HttpCall(
            "POST",
            program.url(),
            headers,
            new HttpBody.Bytes("application/json", body),
            CallTimes.SHORT);
    try (HttpReply reply = parts.caller().send(call)) {
      return delivery(chat, parcel.key(), reply);
    } catch (HttpCallException e) {
      String reason = String.valueOf(e.getMessage());
      return e.phase() == HttpCallException.Phase.UNSENT
          ? new Delivery.Later(reason, null, false)
          : new Delivery.Unknown(reason);
    }
  }

  private Delivery delivery(String chat, String key, HttpReply reply) {
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return new Delivery.Delivered(key);
    }
    if (status == 410) {
      gone.add(chat);
      return new Delivery.Refused(goneFor(chat));
    }
    if (status >= 300 && status < 400) {
      return new Delivery.Refused(
          "the address answered with a redirect (%d), which is not followed; set webhooks.%s.url to"
                  .formatted(status, chat)
              + " where it leads");
    }
    return new Delivery.Later(
        "the address of webhooks.%s answered with HTTP %d".formatted(chat, status),
        retryAfter(reply.header("retry-after")),
        false);
  }

  private static String goneFor(String chat) {
    return "the address of webhooks."
        + chat
        + " answered 410: it wants nothing more; set another url and restart the agent";
  }

  private static @Nullable Duration retryAfter(@Nullable String text) {
    if (text == null || !text.matches("\\d{1,9}")) {
      return null;
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(text));
    return wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
  }

  /// The same bytes however often it is made.
  private static byte[] body(Parcel parcel) throws IOException {
    byte[] content = content(parcel.file());
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeStringField(
          "type", parcel.content() instanceof Outgoing.Edit ? "message.changed" : "message");
      json.writeStringField("id", parcel.key());
      switch (parcel.content()) {
        case Outgoing.Text text -> text(json, text.markdown(), text.buttons());
        case Outgoing.Edit edit -> {
          Json.text(json, "of", parcel.target());
          text(json, edit.markdown(), edit.buttons());
        }
        case Outgoing.Attachment file -> {
          json.writeStringField("text", file.caption());
          json.writeObjectFieldStart("file");
          json.writeStringField("name", file.name());
          json.writeStringField("type", file.mediaType());
          json.writeStringField("sha256", file.sha256());
          if (content != null) {
            json.writeStringField("content", Base64.getEncoder().encodeToString(content));
          }
          json.writeEndObject();
        }
      }
      json.writeEndObject();
    });
  }

  private static byte @Nullable [] content(@Nullable Path file) throws IOException {
    return file == null || Files.size(file) > LARGEST_FILE ? null : Files.readAllBytes(file);
  }

  private static void text(JsonGenerator json, String text, List<Button> buttons)
      throws IOException {
    json.writeStringField("text", text);
    if (!buttons.isEmpty()) {
      json.writeArrayFieldStart("choices");
      for (Button button : buttons) {
        json.writeString(button.label());
      }
      json.writeEndArray();
    }
  }

  @Override
  public boolean isIdempotent() {
    return true;
  }

  @Override
  public InputStream open(IncomingFile file) throws IOException {
    if (!parts.blobs().exists(file.reference())) {
      throw new FileRefusedException(
          FileRefusedException.Reason.GONE,
          file.name() + " is not on the agent's disk any more. Send it again, with a new id.");
    }
    return parts.blobs().read(file.reference());
  }

  @Override
  public LiveReply live(Address address) {
    return LiveReply.none();
  }

  @Override
  public CheckResult check() {
    return gone.isEmpty()
        ? CheckResult.ok(NAME, programs.size() + " configured")
        : CheckResult.warn(
            NAME,
            String.join(", ", gone) + ": the address answered 410",
            "Set another url in its section, and restart the agent.");
  }

  @Override
  public void close() {
    inbox = null;
  }
}
