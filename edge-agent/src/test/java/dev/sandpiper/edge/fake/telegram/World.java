package dev.sandpiper.edge.fake.telegram;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// People, chats and what was said in them.
public final class World {
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Updates updates = new Updates();
  private final Map<Long, List<Post>> posts = new HashMap<>();
  private final List<Post> history = new ArrayList<>();
  private final Map<Long, Long> lastMessage = new HashMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Map<Long, Long> moved = new HashMap<>();
  private final Set<Long> blocking = new HashSet<>();
  private final List<String> answeredPresses = new ArrayList<>();
  private final Map<String, String> menus = new HashMap<>();
  private final List<String> markupFaults = new ArrayList<>();
  private final List<Integer> hookAnswers = new ArrayList<>();
  private final Map<Long, Integer> typing = new HashMap<>();
  private long nextUpdate = 1_000;
  private String webhook = "";
  private String secret = "";

  /// What somebody sends, to be completed with its `with…` methods.
  ///
  /// @param chat the chat; the person's own id when private
  /// @param extra fields of the message
  public record Said(Person person, long chat, long thread, String text, List<Json.Writer> extra) {

    /// In a group.
    public Said in(long group) {
      return new Said(person, group, thread, text, extra);
    }

    /// In a topic of a group.
    public Said topic(long topic) {
      return new Said(person, chat, topic, text, extra);
    }

    /// With more fields of a message.
    public Said with(Json.Writer fields) {
      List<Json.Writer> more = new ArrayList<>(extra);
      more.add(fields);
      return new Said(person, chat, thread, text, more);
    }

    /// As an answer to a message of the bot.
    public Said answering(long message) {
      return with(json -> {
        json.writeObjectFieldStart("reply_to_message");
        json.writeNumberField("message_id", message);
        json.writeNumberField("date", 1_700_000_000);
        bot(json, "from");
        World.chat(json, chat);
        json.writeEndObject();
      });
    }
  }

  /// Words in a private chat.
  public static Said said(Person person, String text) {
    return new Said(person, person.id(), 0, text, List.of());
  }

  /// Sends it; answers its update number.
  public synchronized long say(Said said) {
    long message = nextMessage(said.chat());
    return put(json -> {
      json.writeObjectFieldStart("message");
      json.writeNumberField("message_id", message);
      json.writeNumberField("date", 1_700_000_000);
      person(json, said.person());
      chat(json, said.chat());
      if (said.thread() != 0) {
        json.writeNumberField("message_thread_id", said.thread());
        json.writeBooleanField("is_topic_message", true);
      }
      if (!said.text().isEmpty()) {
        json.writeStringField("text", said.text());
        commands(json, said.text());
      }
      for (Json.Writer extra : said.extra()) {
        extra.write(json);
      }
      json.writeEndObject();
    });
  }

  /// Marks a command and mentions, as the server does.
  private static void commands(JsonGenerator json, String text) throws IOException {
    json.writeArrayFieldStart("entities");
    int at = 0;
    for (String word : text.split("(?<=\\s)|(?=\\s)", -1)) {
      boolean command = word.matches("/[A-Za-z0-9_]{1,32}(@[A-Za-z0-9_]+)?");
      if (command || word.matches("@[A-Za-z0-9_]{5,32}")) {
        json.writeStartObject();
        json.writeStringField("type", command ? "bot_command" : "mention");
        json.writeNumberField("offset", at);
        json.writeNumberField("length", word.length());
        json.writeEndObject();
      }
      at += word.length();
    }
    json.writeEndArray();
  }

  /// Sends a document.
  public long sendFile(Person person, String name, byte[] bytes, String caption) {
    return sendFile(person, name, bytes, bytes.length, caption);
  }

  /// Sends a document of an announced size.
  public long sendFile(Person person, String name, byte[] bytes, long size, String caption) {
    String id = addFile(name, bytes);
    announce(id, size);
    return say(
        said(person, "")
            .with(json -> {
              json.writeObjectFieldStart("document");
              json.writeStringField("file_id", id);
              json.writeStringField("file_unique_id", "u" + id);
              json.writeStringField("file_name", name);
              json.writeStringField("mime_type", "application/pdf");
              json.writeNumberField("file_size", size);
              json.writeEndObject();
              if (!caption.isEmpty()) {
                json.writeStringField("caption", caption);
              }
            }));
  }

  /// Keeps a file for `getFile`; answers its id.
  public synchronized String addFile(String name, byte[] bytes) {
    String id = "FILE-" + files.size() + "-" + name.replaceAll("[^A-Za-z0-9.]", "_");
    files.put(id, bytes);
    return id;
  }

  private synchronized void announce(String id, long size) {
    sizes.put(id, size);
  }

  synchronized Optional<Long> findSize(String id) {
    return Optional.ofNullable(files.get(id))
        .map(bytes -> sizes.getOrDefault(id, (long) bytes.length));
  }

  synchronized byte[] file(String path) {
    return files.getOrDefault(path.replaceFirst("^documents/", ""), new byte[0]);
  }

  /// Presses a button of a message that the bot sent.
  ///
  /// @param label the button's label
  public synchronized long press(Person person, long chat, long message, String label) {
    Post post = post(chat, message).orElseThrow();
    String data =
        post.buttons().stream()
            .filter(button -> button.startsWith(label + "="))
            .findFirst()
            .orElseThrow()
            .substring(label.length() + 1);
    return put(json -> {
      json.writeObjectFieldStart("callback_query");
      json.writeStringField("id", "query-" + nextUpdate);
      person(json, person);
      json.writeStringField("chat_instance", "1");
      json.writeStringField("data", data);
      json.writeObjectFieldStart("message");
      json.writeNumberField("message_id", message);
      json.writeNumberField("date", 1_700_000_000);
      chat(json, chat);
      json.writeStringField("text", post.text());
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  /// An update with any fields.
  public synchronized long put(Json.Writer fields) {
    long number = nextUpdate++;
    updates.put(
        number,
        Json.line(json -> {
          json.writeStartObject();
          json.writeNumberField("update_id", number);
          fields.write(json);
          json.writeEndObject();
        }));
    return number;
  }

  /// Any text in the place of an update.
  public synchronized void putRaw(String json) {
    updates.put(nextUpdate++, json);
  }

  /// Delivers an update once more, as if its confirmation had been lost.
  public synchronized void putAgain(long number, String json) {
    updates.put(number, json);
  }

  /// The updates that wait, by number.
  public Map<Long, String> pending() {
    return updates.all();
  }

  /// The number of the newest update.
  public synchronized long newest() {
    return nextUpdate - 1;
  }

  /// How many updates the bot has confirmed.
  public long confirmed() {
    return updates.confirmed();
  }

  /// How many still wait for it.
  public int waiting() {
    return updates.all().size();
  }

  Updates updates() {
    return updates;
  }

  synchronized long nextMessage(long chat) {
    return lastMessage.merge(chat, 1L, Long::sum);
  }

  synchronized void add(Post post) {
    posts.computeIfAbsent(post.chat(), _ -> new ArrayList<>()).add(post);
    history.add(post);
  }

  synchronized void change(Post post) {
    posts
        .getOrDefault(post.chat(), List.of())
        .replaceAll(old -> old.id() == post.id() ? post : old);
    history.add(post);
  }

  synchronized Optional<Post> post(long chat, long message) {
    return posts(chat).stream().filter(post -> post.id() == message).findFirst();
  }

  /// What the bot has sent to a chat, in its order.
  public synchronized List<Post> posts(long chat) {
    return List.copyOf(posts.getOrDefault(chat, List.of()));
  }

  /// All messages in the order they came, one that was changed once for each form it had.
  public synchronized List<Post> history() {
    return List.copyOf(history);
  }

  /// Sends a photo, as an app does: without a name, in several sizes.
  public long sendPhoto(Person person, byte[] bytes, String caption) {
    String id = addFile("photo", bytes);
    return say(
        said(person, "")
            .with(json -> {
              json.writeArrayFieldStart("photo");
              for (int size : new int[] {90, 1_280}) {
                json.writeStartObject();
                json.writeStringField("file_id", size == 90 ? "thumbnail" : id);
                json.writeStringField("file_unique_id", "u" + size + id);
                json.writeNumberField("width", size);
                json.writeNumberField("height", size);
                json.writeNumberField("file_size", size == 90 ? 1_000 : bytes.length);
                json.writeEndObject();
              }
              json.writeEndArray();
              if (!caption.isEmpty()) {
                json.writeStringField("caption", caption);
              }
            }));
  }

  /// Somebody blocks the bot.
  public synchronized void block(long person) {
    blocking.add(person);
  }

  synchronized boolean isBlocking(long person) {
    return blocking.contains(person);
  }

  /// A group becomes a supergroup.
  public synchronized void move(long chat, long to) {
    moved.put(chat, to);
  }

  synchronized Optional<Long> movedTo(long chat) {
    return Optional.ofNullable(moved.get(chat));
  }

  synchronized void answered(String query) {
    answeredPresses.add(query);
  }

  /// Presses the bot has acknowledged.
  public synchronized List<String> answeredPresses() {
    return List.copyOf(answeredPresses);
  }

  synchronized void menu(String language, String commands) {
    menus.put(language, commands);
  }

  /// The commands that are shown in a language, as JSON; empty when none were set.
  public synchronized String menu(String language) {
    return menus.getOrDefault(language, "");
  }

  synchronized void markupFaults(List<String> faults) {
    markupFaults.addAll(faults);
  }

  /// Nesting that the documentation forbids and Telegram mends.
  public synchronized List<String> markupFaults() {
    return List.copyOf(markupFaults);
  }

  synchronized void typing(long chat) {
    typing.merge(chat, 1, Integer::sum);
  }

  /// How often the bot has shown that it is typing.
  public synchronized int typed(long chat) {
    return typing.getOrDefault(chat, 0);
  }

  synchronized void webhook(String url, String newSecret) {
    webhook = url;
    secret = newSecret;
  }

  /// Where updates are brought; empty when they are fetched.
  public synchronized String webhook() {
    return webhook;
  }

  /// The secret that is shown there.
  public synchronized String secret() {
    return secret;
  }

  /// What the webhook has answered.
  public synchronized List<Integer> hookAnswers() {
    return List.copyOf(hookAnswers);
  }

  /// Brings updates to the webhook, each again until it is taken.
  Runnable deliveries() {
    return () -> {
      try (HttpClient client = HttpClient.newHttpClient()) {
        while (!Thread.currentThread().isInterrupted()) {
          for (Map.Entry<Long, String> update : updates.all().entrySet()) {
            if (!webhook().isEmpty() && bring(client, update.getValue())) {
              updates.remove(update.getKey());
            }
          }
          Thread.sleep(AGAIN);
        }
      } catch (InterruptedException _) {
        // closed
      }
    };
  }

  private boolean bring(HttpClient client, String update) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(webhook()))
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(update, StandardCharsets.UTF_8));
    if (!secret().isEmpty()) {
      request.header("X-Telegram-Bot-Api-Secret-Token", secret());
    }
    try {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      synchronized (this) {
        hookAnswers.add(status);
      }
      return status / 100 == 2;
    } catch (IOException _) {
      return false;
    }
  }

  static void person(JsonGenerator json, Person person) throws IOException {
    json.writeObjectFieldStart("from");
    json.writeNumberField("id", person.id());
    json.writeBooleanField("is_bot", false);
    json.writeStringField("first_name", person.firstName());
    json.writeStringField("language_code", person.language());
    json.writeEndObject();
  }

  static void bot(JsonGenerator json, String field) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeNumberField("id", FakeTelegram.BOT);
    json.writeBooleanField("is_bot", true);
    json.writeStringField("first_name", "Sandpiper");
    json.writeStringField("username", FakeTelegram.NAME);
    json.writeEndObject();
  }

  static void chat(JsonGenerator json, long chat) throws IOException {
    json.writeObjectFieldStart("chat");
    json.writeNumberField("id", chat);
    json.writeStringField("type", chat > 0 ? "private" : "supergroup");
    json.writeEndObject();
  }
}
