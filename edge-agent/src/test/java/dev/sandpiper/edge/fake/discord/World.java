package dev.sandpiper.edge.fake.discord;

import dev.sandpiper.edge.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who and what there is: people, chats, messages. Guarded by its own monitor.
final class World {

  static final String BOT = "900000000000000001";
  static final String GUILD = "800000000000000001";

  /// Discord's ids begin with the time since 2015.
  private static final long EPOCH = 1_420_070_400_000L;

  private static final Pattern MENTION = Pattern.compile("<@!?(\\d+)>");

  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, String> directs = new LinkedHashMap<>();
  private final Map<String, List<FakeMessage>> chats = new LinkedHashMap<>();
  private final Map<String, FakeMessage> nonces = new HashMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<String, String> urls = new HashMap<>();
  private long last = (System.currentTimeMillis() - EPOCH) << 22;

  World() {
    names.put(BOT, "sandpiper");
  }

  synchronized String nextId() {
    return Long.toString(++last);
  }

  synchronized void person(String id, String name) {
    names.put(id, name);
  }

  synchronized String direct(String person) {
    names.putIfAbsent(person, "person " + person);
    return directs.computeIfAbsent(person, _ -> channel());
  }

  synchronized String channel() {
    String id = nextId();
    chats.put(id, new ArrayList<>());
    return id;
  }

  synchronized boolean isChat(String channel) {
    return chats.containsKey(channel);
  }

  synchronized boolean isDirect(String channel) {
    return directs.containsValue(channel);
  }

  synchronized List<String> guildChannels() {
    return chats.keySet().stream().filter(id -> !directs.containsValue(id)).toList();
  }

  synchronized @Nullable String partner(String channel) {
    return directs.entrySet().stream()
        .filter(entry -> entry.getValue().equals(channel))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  synchronized List<FakeMessage> messages(String channel) {
    return List.copyOf(chats.getOrDefault(channel, List.of()));
  }

  synchronized Optional<FakeMessage> find(String channel, String id) {
    return chats.getOrDefault(channel, List.of()).stream()
        .filter(message -> message.id().equals(id))
        .findFirst();
  }

  /// The message sent before with the same nonce, by the same author, to the same chat.
  synchronized Optional<FakeMessage> known(String channel, String nonce) {
    return Optional.ofNullable(nonces.get(channel + " " + nonce));
  }

  synchronized void forgetNonces() {
    nonces.clear();
  }

  synchronized void add(FakeMessage message) {
    chats.computeIfAbsent(message.channel(), _ -> new ArrayList<>()).add(message);
    if (message.nonce() != null && message.author().equals(BOT)) {
      nonces.put(message.channel() + " " + message.nonce(), message);
    }
  }

  synchronized void replace(FakeMessage message) {
    chats
        .getOrDefault(message.channel(), new ArrayList<>())
        .replaceAll(old -> old.id().equals(message.id()) ? message : old);
  }

  synchronized void delete(String channel, String id) {
    chats.getOrDefault(channel, new ArrayList<>()).removeIf(message -> message.id().equals(id));
  }

  /// Keeps a file and answers its attachment, with a URL signed anew.
  synchronized Map<String, Object> file(
      String base, String channel, String name, String type, byte[] bytes) {
    String id = nextId();
    files.put(id, bytes);
    return Shape.of(
        "id", id,
        "filename", name,
        "size", bytes.length,
        "content_type", type,
        "url", sign(base, channel, id, name),
        "proxy_url", base);
  }

  private String sign(String base, String channel, String id, String name) {
    String signature = nextId();
    urls.put(id, signature);
    return base
        + "/attachments/"
        + channel
        + "/"
        + id
        + "/"
        + java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
        + "?ex=1&hm="
        + signature;
  }

  /// Every URL given out so far stops working.
  synchronized void expireUrls() {
    urls.clear();
  }

  /// Attachments as a message fetched now shows them.
  synchronized List<Map<String, Object>> signed(String base, FakeMessage message) {
    List<Map<String, Object>> signed = new ArrayList<>();
    for (Map<String, Object> file : message.files()) {
      Map<String, Object> fresh = new LinkedHashMap<>(file);
      String id = String.valueOf(file.get("id"));
      if (!urls.containsKey(id)) {
        fresh.put("url", sign(base, message.channel(), id, String.valueOf(file.get("filename"))));
      }
      signed.add(fresh);
    }
    return signed;
  }

  synchronized byte @Nullable [] bytes(String id, String signature) {
    return signature.equals(urls.get(id)) ? files.get(id) : null;
  }

  synchronized Map<String, Object> user(String id) {
    return Shape.of(
        "id", id,
        "username", names.getOrDefault(id, "unknown"),
        "global_name", names.getOrDefault(id, "unknown"),
        "discriminator", "0",
        "bot", id.equals(BOT));
  }

  /// A message as Discord shows it.
  ///
  /// @param content whether this reader may see what it says
  synchronized Map<String, Object> shown(String base, FakeMessage message, boolean content) {
    List<Object> mentions = new ArrayList<>();
    Matcher matcher = MENTION.matcher(message.content());
    while (matcher.find()) {
      mentions.add(user(matcher.group(1)));
    }
    FakeMessage answered =
        message.replyTo() == null ? null : find(message.channel(), message.replyTo()).orElse(null);
    if (answered != null) {
      mentions.add(user(answered.author()));
    }
    boolean visible =
        content
            || isDirect(message.channel())
            || message.author().equals(BOT)
            || mentions.stream().anyMatch(one -> one.equals(user(BOT)));
    return Shape.of(
        "id",
        message.id(),
        "channel_id",
        message.channel(),
        "author",
        user(message.author()),
        "content",
        visible ? message.content() : "",
        "timestamp",
        Instant.ofEpochMilli((Long.parseLong(message.id()) >> 22) + EPOCH).toString(),
        "tts",
        false,
        "mention_everyone",
        false,
        "mentions",
        mentions,
        "mention_roles",
        List.of(),
        "attachments",
        visible ? signed(base, message) : List.of(),
        "embeds",
        List.of(),
        "pinned",
        false,
        "type",
        message.replyTo() == null ? 0 : 19,
        "nonce",
        message.nonce(),
        "components",
        visible && message.body().has("components") ? message.body().at("components") : List.of(),
        "message_reference",
        message.replyTo() == null
            ? null
            : Shape.of("message_id", message.replyTo(), "channel_id", message.channel()),
        "referenced_message",
        answered == null || visible == false ? null : shown(base, answered, content));
  }

  static JsonValue nothing() {
    return new JsonValue.Nothing();
  }
}
