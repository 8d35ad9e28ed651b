package dev.sandpiper.edge.channel.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was said on the page, by chat. A message of a person is written before it is handed on and
/// shows when it was taken; a message of the agent is written once, however often it is delivered.
public final class WebHistory {

  /// Most messages asked for at once.
  public static final int MOST = 100;

  private static final Duration UNTAKEN = Duration.ofDays(7);
  private static final String COLUMNS =
      "SELECT id, key, author, text, buttons, pressed, created FROM web_messages ";

  private final Database database;
  private final InstantSource clock;

  public WebHistory(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Newest messages of a chat, oldest first.
  ///
  /// @param before only those before this one
  public List<WebMessage> before(String chat, long before, int limit) {
    return database
        .read(tx ->
            messages(
                tx,
                "WHERE chat = ? AND id < ? AND taken = 1 ORDER BY id DESC LIMIT ?",
                chat,
                before,
                Math.clamp(limit, 1, MOST)))
        .reversed();
  }

  /// The oldest messages of a chat after one, oldest first.
  public List<WebMessage> after(String chat, long after, int limit) {
    return database.read(tx ->
        messages(
            tx,
            "WHERE chat = ? AND id > ? AND taken = 1 ORDER BY id LIMIT ?",
            chat,
            after,
            Math.clamp(limit, 1, MOST)));
  }

  /// One message, whether it was taken or not.
  public Optional<WebMessage> find(String chat, long id) {
    return database.read(tx -> find(tx, chat, id));
  }

  static Optional<WebMessage> find(Tx tx, String chat, long id) {
    return messages(tx, "WHERE chat = ? AND id = ?", chat, id).stream().findFirst();
  }

  /// Writes down what a person is about to say; the same key writes it once.
  ///
  /// @return its id
  /// @throws IllegalArgumentException when a file is not theirs, or belongs to another message
  long begin(String chat, String key, String text, List<String> files) {
    return database.writeLazily(tx -> {
      Optional<Long> known =
          tx.queryOne(
              "SELECT id FROM web_messages WHERE chat = ? AND key = ?",
              row -> row.number(1),
              chat,
              key);
      if (known.isPresent()) {
        return known.get();
      }
      tx.update(
          "DELETE FROM web_messages WHERE taken = 0 AND created < ?",
          clock.instant().minus(UNTAKEN));
      long id = insert(tx, new Draft(chat, key, WebMessage.Author.PERSON, text, List.of(), false));
      for (String file : files) {
        if (tx.update(
                "UPDATE web_files SET message = ? WHERE id = ? AND chat = ? AND message IS NULL",
                id,
                file,
                chat)
            == 0) {
          throw new IllegalArgumentException("no such file");
        }
      }
      return id;
    });
  }

  /// The message was taken: from now on it shows.
  void taken(long id) {
    database.write(tx -> tx.update("UPDATE web_messages SET taken = 1 WHERE id = ?", id));
  }

  /// The message was turned away; its files may be sent again.
  void forget(long id) {
    database.writeLazily(tx -> {
      tx.update("UPDATE web_files SET message = NULL WHERE message = ?", id);
      return tx.update("DELETE FROM web_messages WHERE id = ? AND taken = 0", id);
    });
  }

  /// Forgets what was said in a chat. Words that are not answered yet stay, with their files: the
  /// answer is still to be made from them.
  static void forget(Tx tx, Address address) {
    String spoken =
        "SELECT w.id FROM web_messages w WHERE w.chat = ?1 AND w.taken = 1 AND NOT EXISTS (SELECT 1"
            + " FROM messages m WHERE m.channel = ?2 AND m.update_key = w.chat || ':' || w.key AND"
            + " m.state IN ('WAITING', 'OPEN', 'PARKED'))";
    String chat = address.chat();
    String channel = address.channel();
    tx.update("DELETE FROM web_files WHERE message IN (" + spoken + ")", chat, channel);
    tx.update("DELETE FROM web_messages WHERE id IN (" + spoken + ")", chat, channel);
  }

  /// A button was pressed: it is not offered again.
  void pressed(long id, String data) {
    database.write(tx ->
        tx.update(
            "UPDATE web_messages SET pressed = ? WHERE id = ? AND pressed IS NULL", data, id));
  }

  /// What the agent says.
  ///
  /// @param key names the effect
  /// @param edits the message it changes; `null`: it is a new one
  record Saying(
      String chat,
      String key,
      String text,
      List<Button> buttons,
      @Nullable Long edits,
      @Nullable WebFile file) {}

  /// Writes down what the agent says; the same key writes it once.
  WebMessage say(Saying saying) {
    return database.write(tx -> {
      if (saying.edits() != null
          && tx.update(
                  "UPDATE web_messages SET text = ?, buttons = ?, pressed = NULL"
                      + " WHERE id = ? AND chat = ? AND author = 'AGENT'",
                  saying.text(),
                  buttons(saying.buttons()),
                  saying.edits(),
                  saying.chat())
              > 0) {
        return find(tx, saying.chat(), saying.edits()).orElseThrow();
      }
      Optional<Long> known =
          tx.queryOne(
              "SELECT id FROM web_messages WHERE chat = ? AND key = ?",
              row -> row.number(1),
              saying.chat(),
              saying.key());
      long id = known.isPresent() ? known.get() : insert(tx, saying);
      return find(tx, saying.chat(), id).orElseThrow();
    });
  }

  private long insert(Tx tx, Saying saying) {
    long id =
        insert(
            tx,
            new Draft(
                saying.chat(),
                saying.key(),
                WebMessage.Author.AGENT,
                saying.text(),
                saying.buttons(),
                true));
    if (saying.file() != null) {
      insert(tx, saying.chat(), saying.file(), id);
    }
    return id;
  }

  private record Draft(
      String chat,
      String key,
      WebMessage.Author author,
      String text,
      List<Button> buttons,
      boolean taken) {}

  private long insert(Tx tx, Draft draft) {
    return tx.insert(
        "INSERT INTO web_messages (chat, key, author, text, buttons, taken, created)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        draft.chat(),
        draft.key(),
        draft.author(),
        draft.text(),
        buttons(draft.buttons()),
        draft.taken(),
        clock.instant());
  }

  private void insert(Tx tx, String chat, WebFile file, @Nullable Long message) {
    tx.update(
        "INSERT INTO web_files (id, chat, message, sha256, name, media_type, size, created)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        file.id(),
        chat,
        message,
        file.sha256(),
        file.name(),
        file.mediaType(),
        file.size(),
        clock.instant());
  }

  /// Remembers a file that came before its message.
  ///
  /// @param oldest files that waited longer are forgotten
  void keep(String chat, WebFile file, Duration oldest) {
    database.write(tx -> {
      tx.update(
          "DELETE FROM web_files WHERE message IS NULL AND created < ?",
          clock.instant().minus(oldest));
      insert(tx, chat, file, null);
      return 0;
    });
  }

  /// A file of this chat.
  public Optional<WebFile> file(String chat, String id) {
    return database.read(tx ->
        tx.queryOne(
            "SELECT id, name, media_type, sha256, size FROM web_files WHERE id = ? AND chat = ?",
            WebHistory::file,
            id,
            chat));
  }

  /// Whether a blob is a file of a message or waits for one.
  public boolean references(String sha256) {
    return database.read(tx ->
        tx.queryOne("SELECT 1 FROM web_files WHERE sha256 = ?", row -> row.number(1), sha256)
            .isPresent());
  }

  private static List<WebMessage> messages(Tx tx, String where, @Nullable Object... args) {
    return tx.query(COLUMNS + where, row -> message(tx, row), args);
  }

  private static WebMessage message(Tx tx, Row row) {
    long id = row.number(1);
    WebMessage.Author author = WebMessage.Author.valueOf(row.text(3));
    return new WebMessage(
        id,
        author == WebMessage.Author.PERSON ? row.text(2) : "",
        author,
        row.text(4),
        buttons(row.text(5)),
        row.nullableText(6),
        tx.query(
            "SELECT id, name, media_type, sha256, size FROM web_files WHERE message = ?"
                + " ORDER BY created, id",
            WebHistory::file,
            id),
        row.instant(7));
  }

  private static WebFile file(Row row) {
    return new WebFile(row.text(1), row.text(2), row.text(3), row.text(4), row.number(5));
  }

  private static String buttons(List<Button> buttons) {
    return Json.line(json -> {
      json.writeStartArray();
      for (Button button : buttons) {
        write(json, button);
      }
      json.writeEndArray();
    });
  }

  private static void write(JsonGenerator json, Button button) throws IOException {
    json.writeStartObject();
    json.writeStringField("label", button.label());
    json.writeStringField("data", button.data());
    json.writeEndObject();
  }

  private static List<Button> buttons(String json) {
    return JsonValue.ours(json).items().stream()
        .map(item -> new Button(item.text("label", ""), item.text("data", "")))
        .toList();
  }
}
