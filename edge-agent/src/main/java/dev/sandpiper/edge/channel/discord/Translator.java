package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes messages of what the gateway and the chats tell; of what is not for the agent it makes
/// nothing.
final class Translator {

  private static final int DEFAULT = 0;
  private static final int REPLY = 19;
  private static final int COMMAND = 2;
  private static final int COMPONENT = 3;
  private static final int MOST_FILES = 20;
  private static final Pattern ID = Pattern.compile("\\d{1,20}");

  private Translator() {}

  /// Whether a text is one of Discord's ids. What is not never reaches a path or the database.
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// Whom a message is from and where.
  ///
  /// @param group whether it was written in a server's channel
  record Place(String chat, String message, boolean group) {}

  /// Where a message stands; empty when it has no ids.
  static Optional<Place> place(JsonValue message, boolean group) {
    String chat = message.text("channel_id", "");
    String id = message.text("id", "");
    return isId(chat) && isId(id) ? Optional.of(new Place(chat, id, group)) : Optional.empty();
  }

  /// A message, when a person wrote it to the bot: directly, with its name, or as a reply to it.
  static Optional<Incoming> message(JsonValue message, Place place, String self) {
    String author = message.findText("author", "id").orElse("");
    long type = message.number(DEFAULT, "type");
    boolean person =
        isId(author)
            && !author.equals(self)
            && !message.flag("author", "bot")
            && !message.has("webhook_id")
            && (type == DEFAULT || type == REPLY);
    if (!person || (place.group() && !isForBot(message, self))) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(withoutName(message.text("content", ""), self));
    List<IncomingFile> files = new ArrayList<>(files(message, place));
    for (JsonValue forwarded : message.at("message_snapshots").items()) {
      JsonValue inner = forwarded.at("message");
      String words = inner.text("content", "");
      text.append(text.isEmpty() || words.isEmpty() ? "" : "\n\n").append(words);
      files.addAll(files(inner, place));
    }
    if (text.isEmpty() && files.isEmpty() && !place.group()) {
      return Optional.empty(); // a sticker, a poll
    }
    return Optional.of(
        new Incoming(
            place.message(),
            new Address(DiscordChannel.NAME, place.chat()),
            sender(message.at("author"), null),
            place.group(),
            new Incoming.Content.Message(
                text.toString(),
                files.size() > MOST_FILES ? files.subList(0, MOST_FILES) : files,
                place.message(),
                type == REPLY ? message.nullableText("message_reference", "message_id") : null)));
  }

  private static boolean isForBot(JsonValue message, String self) {
    boolean named =
        message.at("mentions").items().stream()
            .anyMatch(mention -> mention.text("id", "").equals(self));
    return named
        || message.findText("referenced_message", "author", "id").filter(self::equals).isPresent();
  }

  private static String withoutName(String text, String self) {
    return text.replaceFirst("^\\s*<@!?" + self + ">", "").strip();
  }

  private static List<IncomingFile> files(JsonValue message, Place place) {
    List<IncomingFile> files = new ArrayList<>();
    for (JsonValue file : message.at("attachments").items()) {
      String id = file.text("id", "");
      String url = file.text("url", "");
      if (isId(id) && !url.isEmpty()) {
        files.add(
            new IncomingFile(
                file.text("filename", "file"),
                file.number(-1, "size"),
                file.nullableText("content_type"),
                new FileReference(place.chat(), place.message(), id, url).text()));
      }
    }
    return files;
  }

  private static Sender sender(JsonValue user, @Nullable String locale) {
    String name = user.text("global_name", user.text("username", "somebody"));
    return new Sender(DiscordChannel.NAME, user.text("id", ""), name, locale);
  }

  /// A slash command or a pressed button; empty for other interactions.
  static Optional<Incoming> interaction(JsonValue interaction) {
    String id = interaction.text("id", "");
    String chat = interaction.text("channel_id", "");
    boolean group = interaction.has("guild_id");
    JsonValue user = group ? interaction.at("member", "user") : interaction.at("user");
    if (!isId(id) || !isId(chat) || !isId(user.text("id", ""))) {
      return Optional.empty();
    }
    return content(interaction, id)
        .map(content ->
            new Incoming(
                id,
                new Address(DiscordChannel.NAME, chat),
                sender(user, interaction.nullableText("locale")),
                group,
                content));
  }

  private static Optional<Incoming.Content> content(JsonValue interaction, String id) {
    return switch ((int) interaction.number(0, "type")) {
      case COMMAND ->
          Optional.of(new Incoming.Content.Message(command(interaction), List.of(), id, null));
      case COMPONENT ->
          interaction
              .findText("data", "custom_id")
              .map(data ->
                  new Incoming.Content.Press(
                      data, interaction.findText("message", "id").orElse("")));
      default -> Optional.empty();
    };
  }

  /// As it would be typed: `/ask how much was it`.
  static String command(JsonValue interaction) {
    StringBuilder text =
        new StringBuilder("/").append(interaction.findText("data", "name").orElse(""));
    for (JsonValue option : interaction.at("data", "options").items()) {
      option.findText("value").ifPresent(value -> text.append(' ').append(value));
    }
    return text.toString();
  }
}
