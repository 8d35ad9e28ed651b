package dev.sandpiper.edge.fake.discord;

import dev.sandpiper.edge.json.JsonValue;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The REST interface. Everything runs on the event loop.
final class FakeRest {

  private static final int LONGEST = 2_000;
  private static final int LONGEST_NONCE = 25;
  private static final int LARGEST_FILE = 10 << 20;
  private static final Pattern CHANNEL = Pattern.compile("/channels/(\\d+)(/.*)?");
  private static final Pattern MESSAGE = Pattern.compile("/messages/(\\d+)");
  private static final Pattern CALLBACK = Pattern.compile("/interactions/(\\d+)/([^/]+)/callback");
  private static final Pattern FILE = Pattern.compile("/attachments/\\d+/(\\d+)/[^/]+");

  private final World world;
  private final FakeGateway gateway;
  private final String base;
  private final String url;
  final Map<String, JsonValue> acknowledged = new ConcurrentHashMap<>();
  final Map<String, String> open = new ConcurrentHashMap<>();
  final List<JsonValue> registered = new ArrayList<>();
  final List<String> requests = new ArrayList<>();
  volatile int perWindow = 1_000;
  volatile long windowMillis = 1_000;
  private final Map<String, long[]> windows = new HashMap<>();

  FakeRest(World world, FakeGateway gateway, String base, String url) {
    this.world = world;
    this.gateway = gateway;
    this.base = base;
    this.url = url;
  }

  /// An answer.
  ///
  /// @param body `null` for none
  // Made for the one who writes it.
  @SuppressWarnings("ArrayRecordComponent")
  record Reply(
      int status, @Nullable Object body, Map<String, String> headers, byte @Nullable [] raw) {
    static Reply of(int status, @Nullable Object body) {
      return new Reply(status, body, Map.of(), null);
    }

    static Reply error(int status, int code, String message) {
      return of(status, Shape.of("message", message, "code", code));
    }
  }

  Reply answer(FullHttpRequest request, String path) {
    QueryStringDecoder query = new QueryStringDecoder(request.uri());
    requests.add(request.method() + " " + path);
    Matcher file = FILE.matcher(path);
    if (file.matches()) {
      byte[] bytes = world.bytes(file.group(1), parameter(query, "hm", ""));
      return bytes == null
          ? Reply.error(404, 0, "This content is no longer available.")
          : new Reply(200, null, Map.of("content-type", "application/octet-stream"), bytes);
    }
    Matcher callback = CALLBACK.matcher(path);
    String agent = request.headers().get("user-agent", "");
    if (!agent.startsWith("DiscordBot (")) {
      return Reply.error(403, 40333, "internal network error");
    }
    try {
      if (callback.matches()) {
        return callback(callback.group(1), callback.group(2), body(request));
      }
      if (!request.headers().get("authorization", "").equals("Bot " + FakeDiscord.TOKEN)) {
        return Reply.error(401, 0, "401: Unauthorized");
      }
      return route(request, path, query);
    } catch (IOException e) {
      return Reply.error(400, 50109, "The request body contains invalid JSON.");
    }
  }

  private Reply route(FullHttpRequest request, String path, QueryStringDecoder query)
      throws IOException {
    Matcher channel = CHANNEL.matcher(path);
    if (channel.matches()) {
      String rest = channel.group(2) == null ? "" : channel.group(2);
      return world.isChat(channel.group(1))
          ? channel(request, channel.group(1), rest, query)
          : Reply.error(404, 10003, "Unknown Channel");
    }
    return switch (request.method() + " " + path) {
      case "GET /gateway/bot" ->
          Reply.of(
              200,
              Shape.of(
                  "url",
                  url,
                  "shards",
                  1,
                  "session_start_limit",
                  Shape.of(
                      "total", 1_000,
                      "remaining", gateway.settings.startsLeft.get(),
                      "reset_after", 14_400_000,
                      "max_concurrency", 1)));
      case "GET /gateway" -> Reply.of(200, Shape.of("url", url));
      case "GET /users/@me" -> Reply.of(200, world.user(World.BOT));
      case "POST /users/@me/channels" -> {
        String id = world.direct(body(request).text("recipient_id", ""));
        yield Reply.of(200, shownChannel(id));
      }
      case "PUT /applications/" + World.BOT + "/commands" -> {
        JsonValue body = body(request);
        registered.add(body);
        yield Reply.of(200, body);
      }
      default -> Reply.error(404, 0, "404: Not Found");
    };
  }

  private Map<String, Object> shownChannel(String id) {
    String partner = world.partner(id);
    return partner == null
        ? Shape.of(
            "id",
            id,
            "type",
            0,
            "guild_id",
            World.GUILD,
            "name",
            "general",
            "position",
            0,
            "permission_overwrites",
            List.of())
        : Shape.of("id", id, "type", 1, "recipients", List.of(world.user(partner)));
  }

  private Reply channel(
      FullHttpRequest request, String channel, String rest, QueryStringDecoder query)
      throws IOException {
    String method = request.method().name();
    Matcher message = MESSAGE.matcher(rest);
    if (rest.isEmpty() && method.equals("GET")) {
      return Reply.of(200, shownChannel(channel));
    }
    if (rest.equals("/typing") && method.equals("POST")) {
      return Reply.of(204, null);
    }
    if (rest.equals("/messages") && method.equals("GET")) {
      return Reply.of(200, page(channel, query));
    }
    if (rest.equals("/messages") && method.equals("POST")) {
      Reply full = bucket(channel);
      return full.status() == 429 ? full : headers(post(request, channel), full.headers());
    }
    if (message.matches()) {
      Optional<FakeMessage> found = world.find(channel, message.group(1));
      if (found.isEmpty()) {
        return Reply.error(404, 10008, "Unknown Message");
      }
      return switch (method) {
        case "GET" -> Reply.of(200, world.shown(base, found.get(), true));
        case "PATCH" -> patch(found.get(), body(request));
        case "DELETE" -> {
          world.delete(channel, found.get().id());
          yield Reply.of(204, null);
        }
        default -> Reply.error(405, 0, "405: Method Not Allowed");
      };
    }
    return Reply.error(404, 0, "404: Not Found");
  }

  private static Reply headers(Reply reply, Map<String, String> headers) {
    return new Reply(reply.status(), reply.body(), headers, reply.raw());
  }

  /// A window of messages for each chat.
  private Reply bucket(String channel) {
    long now = System.currentTimeMillis();
    long[] window = windows.computeIfAbsent(channel, _ -> new long[] {now, 0});
    if (now - window[0] >= windowMillis) {
      window[0] = now;
      window[1] = 0;
    }
    double reset = (window[0] + windowMillis - now) / 1_000.0;
    window[1]++;
    Map<String, String> headers = new HashMap<>();
    headers.put("x-ratelimit-bucket", "80c17d2f203122d936070c88c8d10f33");
    headers.put("x-ratelimit-limit", Integer.toString(perWindow));
    headers.put("x-ratelimit-remaining", Long.toString(Math.max(0, perWindow - window[1])));
    headers.put("x-ratelimit-reset-after", Double.toString(reset));
    if (window[1] > perWindow) {
      headers.put("x-ratelimit-scope", "user");
      headers.put("retry-after", Long.toString((long) Math.ceil(reset)));
      return new Reply(
          429,
          Shape.of("message", "You are being rate limited.", "retry_after", reset, "global", false),
          headers,
          null);
    }
    return new Reply(200, null, headers, null);
  }

  private List<Object> page(String channel, QueryStringDecoder query) {
    int limit = Integer.parseInt(parameter(query, "limit", "50"));
    long after = Long.parseLong(parameter(query, "after", "0"));
    List<FakeMessage> found =
        world.messages(channel).stream()
            .filter(message -> Long.parseLong(message.id()) > after)
            .toList();
    List<FakeMessage> cut =
        after > 0
            ? found.subList(0, Math.min(limit, found.size()))
            : found.subList(Math.max(0, found.size() - limit), found.size());
    List<Object> shown = new ArrayList<>();
    cut.reversed()
        .forEach(message -> shown.add(world.shown(base, message, gateway.settings.contentAllowed)));
    return shown;
  }

  private static String parameter(QueryStringDecoder query, String name, String otherwise) {
    return query.parameters().getOrDefault(name, List.of(otherwise)).getFirst();
  }

  private Reply post(FullHttpRequest request, String channel) throws IOException {
    String type = request.headers().get("content-type", "");
    List<Map<String, Object>> files = new ArrayList<>();
    JsonValue body = new JsonValue.Nothing();
    if (type.startsWith("multipart/form-data")) {
      for (Parts.Part part : Parts.read(bytes(request), type)) {
        if (part.name().equals("payload_json")) {
          body = JsonValue.read(new String(part.bytes(), StandardCharsets.UTF_8));
        } else if (part.bytes().length > LARGEST_FILE) {
          return Reply.error(413, 40005, "Request entity too large");
        } else {
          files.add(world.file(base, channel, part.file(), part.type(), part.bytes()));
        }
      }
    } else {
      body = body(request);
    }
    return post(channel, body, files);
  }

  private Reply post(String channel, JsonValue body, List<Map<String, Object>> files) {
    String content = body.text("content", "");
    String nonce = body.nullableText("nonce");
    if (content.codePointCount(0, content.length()) > LONGEST) {
      return Reply.error(400, 50035, "Invalid Form Body: Must be 2000 or fewer in length.");
    }
    if (content.isBlank() && files.isEmpty()) {
      return Reply.error(400, 50006, "Cannot send an empty message");
    }
    if (nonce != null && nonce.length() > LONGEST_NONCE) {
      return Reply.error(400, 50035, "Invalid Form Body: nonce is too long.");
    }
    if (nonce != null && body.flag("enforce_nonce")) {
      Optional<FakeMessage> known = world.known(channel, nonce);
      if (known.isPresent()) {
        return Reply.of(200, world.shown(base, known.get(), true));
      }
    }
    FakeMessage message =
        new FakeMessage(
            world.nextId(),
            channel,
            World.BOT,
            content,
            nonce,
            body,
            files,
            body.nullableText("message_reference", "message_id"),
            0);
    world.add(message);
    gateway.tell("MESSAGE_CREATE", message);
    return Reply.of(200, world.shown(base, message, true));
  }

  private Reply patch(FakeMessage message, JsonValue body) {
    if (!message.author().equals(World.BOT)) {
      return Reply.error(403, 50005, "Cannot edit a message authored by another user");
    }
    String content = body.text("content", message.content());
    if (content.codePointCount(0, content.length()) > LONGEST) {
      return Reply.error(400, 50035, "Invalid Form Body: Must be 2000 or fewer in length.");
    }
    FakeMessage edited = message.edited(content, body);
    world.replace(edited);
    gateway.tell("MESSAGE_UPDATE", edited);
    return Reply.of(200, world.shown(base, edited, true));
  }

  private Reply callback(String id, String token, JsonValue body) {
    if (!token.equals(open.get(id))) {
      return Reply.error(404, 10062, "Unknown interaction");
    }
    if (acknowledged.putIfAbsent(id, body) != null) {
      return Reply.error(400, 40060, "Interaction has already been acknowledged.");
    }
    return Reply.of(204, null);
  }

  private static JsonValue body(FullHttpRequest request) throws IOException {
    return request.content().isReadable()
        ? JsonValue.read(request.content().toString(StandardCharsets.UTF_8))
        : new JsonValue.Nothing();
  }

  private static byte[] bytes(FullHttpRequest request) {
    byte[] bytes = new byte[request.content().readableBytes()];
    request.content().getBytes(request.content().readerIndex(), bytes);
    return bytes;
  }
}
