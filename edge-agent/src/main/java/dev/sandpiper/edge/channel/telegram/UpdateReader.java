package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.json.JsonValue;
import java.util.List;
import java.util.Optional;

/// Reads updates. What is missing or not understood makes it [Update.Nothing], never a failure.
final class UpdateReader {

  /// Ids beyond it are not exact in JSON.
  private static final long LARGEST_ID = 1L << 53;

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DATA = 64;

  private final Self self;

  UpdateReader(Self self) {
    this.self = self;
  }

  /// The update's number; empty when it has none that can be right.
  static Optional<Long> findNumber(JsonValue update) {
    return update.findNumber("update_id").filter(id -> id >= 0 && id < LARGEST_ID);
  }

  Update read(long number, JsonValue update) {
    String key = self.id() + ":" + number;
    if (update.has("message")) {
      return message(key, update.at("message"));
    }
    if (update.has("callback_query")) {
      return press(key, update.at("callback_query"));
    }
    String kind =
        update instanceof JsonValue.Fields(var fields)
            ? fields.keySet().stream()
                .filter(name -> !name.equals("update_id"))
                .findFirst()
                .orElse("empty")
            : "no object";
    return new Update.Nothing(kind.length() > 40 ? "unknown" : kind);
  }

  private Update message(String key, JsonValue message) {
    Optional<ChatId> chat = findChat(message);
    Optional<Sender> sender = findSender(message.at("from"));
    Optional<Long> id = message.findNumber("message_id");
    if (chat.isEmpty() || sender.isEmpty() || id.isEmpty() || message.has("sender_chat")) {
      return new Update.Nothing("message without a person");
    }
    List<IncomingFile> files = FileReader.files(message);
    boolean group = !message.at("chat").text("type", "").equals("private");
    Optional<String> text = Addressed.find(message, self, group);
    if (text.isEmpty()) {
      return new Update.Nothing("group talk");
    }
    if (text.get().isBlank() && files.isEmpty()) {
      return new Update.Nothing("service message");
    }
    Incoming.Content content =
        new Incoming.Content.Message(
            text.get(),
            files,
            Long.toString(id.get()),
            message.findNumber("reply_to_message", "message_id").map(String::valueOf).orElse(null));
    return new Update.Said(new Incoming(key, address(chat.get()), sender.get(), group, content));
  }

  private Update press(String key, JsonValue query) {
    JsonValue message = query.at("message");
    Optional<ChatId> chat = findChat(message);
    Optional<Sender> sender = findSender(query.at("from"));
    Optional<Long> id = message.findNumber("message_id");
    Optional<String> data = query.findText("data").filter(text -> text.length() <= LONGEST_DATA);
    Optional<String> queryId = query.findText("id").filter(text -> text.length() <= LONGEST_DATA);
    if (chat.isEmpty() || sender.isEmpty() || id.isEmpty() || data.isEmpty() || queryId.isEmpty()) {
      return new Update.Nothing("press without a message");
    }
    boolean group = !message.at("chat").text("type", "").equals("private");
    Incoming.Content content = new Incoming.Content.Press(data.get(), Long.toString(id.get()));
    return new Update.Pressed(
        new Incoming(key, address(chat.get()), sender.get(), group, content), queryId.get());
  }

  private static Address address(ChatId chat) {
    return new Address(TelegramChannel.NAME, chat.text());
  }

  /// A topic is part of the address: its answers go there. A thread of replies is not a topic.
  private static Optional<ChatId> findChat(JsonValue message) {
    long thread = message.flag("is_topic_message") ? message.number(0, "message_thread_id") : 0;
    return message
        .findNumber("chat", "id")
        .filter(id -> id != 0 && Math.abs(id) < LARGEST_ID)
        .map(id -> new ChatId(id, thread > 0 && thread < LARGEST_ID ? thread : 0));
  }

  /// A person; bots and groups that write as themselves are nobody.
  private static Optional<Sender> findSender(JsonValue from) {
    String name = (from.text("first_name", "") + " " + from.text("last_name", "")).strip();
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return from.findNumber("id")
        .filter(id -> id > 0 && id < LARGEST_ID && !from.flag("is_bot"))
        .map(id ->
            new Sender(
                TelegramChannel.NAME,
                Long.toString(id),
                shown,
                from.findText("language_code").filter(code -> code.length() < 20).orElse(null)));
  }
}
