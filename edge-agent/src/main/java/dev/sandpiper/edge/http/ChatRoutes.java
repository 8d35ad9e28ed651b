package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.web.Visitor;
import dev.sandpiper.edge.channel.web.WebChannel;
import dev.sandpiper.edge.channel.web.WebFile;
import dev.sandpiper.edge.channel.web.WebHistory;
import dev.sandpiper.edge.channel.web.WebMessage;
import dev.sandpiper.edge.event.EventSource;
import dev.sandpiper.edge.intake.DocumentName;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.intake.Receipt;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.BlobTooLargeException;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The conversation of whoever calls: say, press, listen, look back, send and fetch files.
final class ChatRoutes {

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{8,64}");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Pictures that a page may show; everything else is only ever saved.
  private static final Set<String> SHOWN =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif");

  private final ChatParts parts;
  private final Visits visits;
  private final Intake intake;
  private final BlobStore blobs;

  ChatRoutes(ChatParts parts, Visits visits, ApiParts api) {
    this.parts = parts;
    this.visits = visits;
    this.intake = api.intake();
    this.blobs = api.blobs();
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/chat/messages", Route.Access.OPEN, this::say),
        new Route("GET", "/v1/chat/messages", Route.Access.OPEN, this::history),
        new Route("POST", "/v1/chat/presses", Route.Access.OPEN, this::press),
        new Route("GET", "/v1/chat/events", Route.Access.OPEN, this::listen),
        new Route("POST", "/v1/chat/files", Route.Access.OPEN_UPLOAD, this::upload),
        new Route("GET", "/v1/chat/files/{id}", Route.Access.OPEN, this::download),
        new Route("GET", "/v1/chat/texts", Route.Access.OPEN, this::texts));
  }

  private Response say(Request request) throws IOException {
    Visitor visitor = visits.changing(request).visitor();
    JsonValue body = JsonBody.read(request);
    String key = key(body);
    String text = body.text("text", "").strip();
    List<String> files =
        body.at("files").items().stream()
            .map(item -> item instanceof JsonValue.Text(String id) ? id : "")
            .toList();
    if (text.isEmpty() && files.isEmpty()) {
      throw Problem.badRequest("A message needs text or files.").thrown();
    }
    if (text.length() > WebChannel.LONGEST_TEXT) {
      throw Problem.of(
              413,
              "Content too large",
              "A message has at most %,d characters; send a longer text as a file."
                  .formatted(WebChannel.LONGEST_TEXT))
          .thrown();
    }
    if (files.size() > WebChannel.MOST_FILES) {
      throw Problem.badRequest(
              "A message has at most " + WebChannel.MOST_FILES + " files; send several messages.")
          .thrown();
    }
    return answer(() -> parts.channel().say(visitor, key, text, files));
  }

  private Response press(Request request) throws IOException {
    Visitor visitor = visits.changing(request).visitor();
    JsonValue body = JsonBody.read(request);
    String key = key(body);
    long message = body.number(0, "message");
    String data = body.text("data", "");
    return answer(() -> parts.channel().press(visitor, key, message, data));
  }

  private static String key(JsonValue body) {
    String key = body.text("key", "");
    if (!KEY.matcher(key).matches()) {
      throw Problem.badRequest(
              "key must be 8 to 64 letters, digits, - and _, new for every message and the same"
                  + " when it is sent again.")
          .thrown();
    }
    return key;
  }

  private interface Saying {
    WebChannel.Said say();
  }

  private static Response answer(Saying saying) {
    WebChannel.Said said;
    try {
      said = saying.say();
    } catch (StoreException e) {
      throw Problem.later(
              e.code() == StoreException.Code.DISK_FULL ? 507 : 503,
              "Not kept",
              "The message could not be kept: " + e.getMessage() + " Send it again.",
              PATIENCE)
          .thrown();
    }
    return switch (said) {
      case WebChannel.Said.Taken(WebMessage message) ->
          Response.json(202, Json.bytes(message::write));
      case WebChannel.Said.Denied _ ->
          throw Problem.later(
                  429,
                  "Too many requests",
                  "The message was not taken: there were too many in a short time, or you are not"
                      + " let in any more. Wait a minute, then send it again.",
                  Duration.ofMinutes(1))
              .thrown();
      case WebChannel.Said.Missing _ ->
          throw Problem.of(
                  409,
                  "Conflict",
                  "The message names a file or a button that is not there any more. Attach the"
                      + " file again, or load the page anew.")
              .thrown();
    };
  }

  private Response history(Request request) {
    Visitor visitor = visits.looking(request).visitor();
    int limit = (int) request.number("limit", 40, 1, WebHistory.MOST);
    WebHistory history = parts.channel().history();
    List<WebMessage> messages =
        request.first("after") == null
            ? history.before(
                visitor.id(), request.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE), limit)
            : history.after(visitor.id(), request.number("after", 0, 0, Long.MAX_VALUE), limit);
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("messages");
      for (WebMessage message : messages) {
        message.write(json);
      }
      json.writeEndArray();
      json.writeBooleanField("more", messages.size() == limit);
      json.writeEndObject();
    });
  }

  private Response listen(Request request) {
    Visits.Visit visit = visits.looking(request);
    EventSource source =
        parts
            .channel()
            .listen(visit.visitor(), visit.session())
            .orElseThrow(() ->
                Problem.later(
                        429,
                        "Too many requests",
                        "Too many pages of this conversation are open. Close one.",
                        PATIENCE)
                    .thrown());
    return new Response.Events(source, request.header("last-event-id"));
  }

  private Response upload(Request request) throws IOException {
    Visitor visitor = visits.changing(request).visitor();
    String given = request.first("name");
    if (given == null || given.isBlank()) {
      throw Problem.badRequest("Name the file, as in /v1/chat/files?name=invoice.pdf.").thrown();
    }
    Optional<Receipt.Refused> refused = intake.refusal(request.length());
    if (refused.isPresent()) {
      throw Uploads.refusal(refused.get());
    }
    String type = request.headers().getOrDefault("content-type", "application/octet-stream");
    String plain = type.length() > 100 ? "application/octet-stream" : type;
    try {
      WebFile file =
          parts
              .channel()
              .keep(
                  visitor,
                  DocumentName.of(given),
                  plain,
                  new WebChannel.Bytes(request.body(), parts.maxBytes()));
      return Response.json(201, Json.bytes(file::write));
    } catch (BlobTooLargeException _) {
      throw Problem.of(
              413,
              "Content too large",
              "The file is over %,d bytes (limits.document). Send a smaller one, or raise that."
                  .formatted(parts.maxBytes()))
          .thrown();
    }
  }

  private Response download(Request request) throws IOException {
    Visitor visitor = visits.looking(request).visitor();
    WebFile file =
        parts
            .channel()
            .history()
            .file(visitor.id(), request.parameter("id"))
            .orElseThrow(() -> Problem.notFound("There is no such file here.").thrown());
    if (!blobs.exists(file.sha256())) {
      throw Problem.of(410, "Gone", file.name() + " was deleted.").thrown();
    }
    Path path = blobs.path(file.sha256());
    String type = file.mediaType().toLowerCase(Locale.ROOT);
    return new Response.Streamed(
        SHOWN.contains(type) ? type : "application/octet-stream",
        Map.of("Content-Disposition", DocumentRoutes.attachment(file.name())),
        Files.size(path),
        out -> Files.copy(path, out));
  }

  private Response texts(Request request) {
    String language = request.first("language");
    String tag = language == null || language.length() > 35 ? "en" : language;
    Map<String, String> texts = parts.texts().apply(Locale.forLanguageTag(tag));
    return Response.ok(json -> {
      json.writeStartObject();
      for (Map.Entry<String, String> text : texts.entrySet()) {
        json.writeStringField(text.getKey(), text.getValue());
      }
      json.writeEndObject();
    });
  }
}
