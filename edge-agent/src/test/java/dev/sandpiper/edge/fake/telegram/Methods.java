package dev.sandpiper.edge.fake.telegram;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the methods of the Bot API do.
final class Methods {
  private static final int LONGEST_TEXT = 4_096;
  private static final int LONGEST_CAPTION = 1_024;
  private static final int LARGEST_DOWNLOAD = 20 << 20;
  private static final int LARGEST_UPLOAD = 50 << 20;
  private static final int LONGEST_POLL = 50;

  private final World world;

  Methods(World world) {
    this.world = world;
  }

  /// The result, as JSON.
  ///
  /// @param method in lower case
  String call(String method, Form form) throws RefusedException, IOException, InterruptedException {
    return switch (method) {
      case "getme" ->
          Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("id", FakeTelegram.BOT);
            json.writeBooleanField("is_bot", true);
            json.writeStringField("first_name", "Sandpiper");
            json.writeStringField("username", FakeTelegram.NAME);
            json.writeBooleanField("can_join_groups", true);
            json.writeBooleanField("can_read_all_group_messages", false);
            json.writeBooleanField("supports_inline_queries", false);
            json.writeEndObject();
          });
      case "getupdates" -> getUpdates(form);
      case "setwebhook" -> setWebhook(form);
      case "deletewebhook" -> {
        world.webhook("", "");
        yield "true";
      }
      case "getwebhookinfo" -> webhookInfo();
      case "sendmessage" -> sendMessage(form);
      case "editmessagetext" -> editMessage(form);
      case "senddocument" -> sendDocument(form);
      case "sendchataction" -> {
        world.typing(chat(form));
        yield "true";
      }
      case "answercallbackquery" -> {
        world.answered(form.text("callback_query_id"));
        yield "true";
      }
      case "getfile" -> getFile(form);
      case "setmycommands" -> {
        world.menu(form.text("language_code"), form.text("commands"));
        yield "true";
      }
      default -> throw new RefusedException(404, "Not Found: method not found");
    };
  }

  private String getUpdates(Form form) throws RefusedException, InterruptedException {
    if (!world.webhook().isEmpty()) {
      throw new RefusedException(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
              + " delete the webhook first");
    }
    long limit = Math.clamp(form.number("limit", 100), 1, 100);
    long timeout = Math.clamp(form.number("timeout", 0), 0, LONGEST_POLL);
    Updates.Batch batch =
        world.updates().ask(form.number("offset", 0), (int) limit, Duration.ofSeconds(timeout));
    if (batch.conflict()) {
      throw new RefusedException(
          409,
          "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
              + " is running");
    }
    return "[" + String.join(",", batch.updates()) + "]";
  }

  private String setWebhook(Form form) throws RefusedException {
    String secret = form.text("secret_token");
    if (!secret.matches("[A-Za-z0-9_-]{0,256}")) {
      throw new RefusedException(400, "Bad Request: secret token contains unallowed characters");
    }
    world.webhook(form.text("url"), secret);
    return "true";
  }

  private String webhookInfo() {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeStringField("url", world.webhook());
      json.writeBooleanField("has_custom_certificate", false);
      json.writeNumberField("pending_update_count", world.waiting());
      json.writeEndObject();
    });
  }

  private long chat(Form form) throws RefusedException {
    long chat = form.number("chat_id", 0);
    if (chat == 0) {
      throw new RefusedException(400, "Bad Request: chat not found");
    }
    if (world.isBlocking(chat)) {
      throw new RefusedException(403, "Forbidden: bot was blocked by the user");
    }
    if (world.movedTo(chat).isPresent()) {
      throw new RefusedException(
          400,
          "Bad Request: group chat was upgraded to a supergroup chat",
          Map.of("migrate_to_chat_id", world.movedTo(chat).get()));
    }
    return chat;
  }

  /// @param field `text` or `caption`
  private String words(Form form, String field, int longest) throws RefusedException {
    String sent = form.text(field);
    String text = sent;
    if (form.text("parse_mode").equalsIgnoreCase("HTML")) {
      try {
        Markup.Parsed parsed = Markup.parse(sent);
        world.markupFaults(parsed.faults());
        text = parsed.text();
      } catch (Markup.BadMarkupException e) {
        throw new RefusedException(400, String.valueOf(e.getMessage()));
      }
    }
    text = text.strip();
    if (text.codePointCount(0, text.length()) > longest) {
      throw new RefusedException(400, "Bad Request: message is too long");
    }
    return text;
  }

  private String sendMessage(Form form) throws RefusedException, IOException {
    long chat = chat(form);
    String text = words(form, "text", LONGEST_TEXT);
    if (text.isEmpty()) {
      throw new RefusedException(400, "Bad Request: message text is empty");
    }
    Post post =
        new Post(
            world.nextMessage(chat),
            chat,
            form.number("message_thread_id", 0),
            text,
            form.text("parse_mode").isEmpty() ? "" : form.text("text"),
            buttons(form),
            form.findJson("reply_parameters").map(r -> r.number(0, "message_id")).orElse(0L),
            "",
            0);
    world.add(post);
    return message(post);
  }

  private String editMessage(Form form) throws RefusedException, IOException {
    long chat = chat(form);
    Post post =
        world
            .post(chat, form.number("message_id", 0))
            .orElseThrow(() -> new RefusedException(400, "Bad Request: message to edit not found"));
    String text = words(form, "text", LONGEST_TEXT);
    Post changed =
        post.changed(
            text, form.text("parse_mode").isEmpty() ? "" : form.text("text"), buttons(form));
    if (text.equals(post.text())
        && changed.html().equals(post.html())
        && changed.buttons().equals(post.buttons())) {
      throw new RefusedException(
          400,
          "Bad Request: message is not modified: specified new message content and reply markup"
              + " are exactly the same as a current content and reply markup of the message");
    }
    world.change(changed);
    return message(changed);
  }

  private String sendDocument(Form form) throws RefusedException, IOException {
    long chat = chat(form);
    Form.Upload upload = form.files().get("document");
    if (upload == null || upload.bytes().length == 0) {
      throw new RefusedException(400, "Bad Request: there is no document in the request");
    }
    if (upload.bytes().length > LARGEST_UPLOAD) {
      throw new RefusedException(413, "Request Entity Too Large");
    }
    String caption = words(form, "caption", LONGEST_CAPTION);
    world.addFile(upload.name(), upload.bytes());
    Post post =
        new Post(
            world.nextMessage(chat),
            chat,
            form.number("message_thread_id", 0),
            caption,
            form.text("caption"),
            List.of(),
            0,
            upload.name() + ":" + upload.bytes().length,
            0);
    world.add(post);
    return message(post);
  }

  private static List<String> buttons(Form form) throws RefusedException, IOException {
    List<String> buttons = new ArrayList<>();
    JsonValue markup = form.findJson("reply_markup").orElse(new JsonValue.Nothing());
    for (JsonValue row : markup.at("inline_keyboard").items()) {
      for (JsonValue button : row.items()) {
        String data = button.text("callback_data", "");
        if (data.isEmpty() || data.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 64) {
          throw new RefusedException(400, "Bad Request: BUTTON_DATA_INVALID");
        }
        buttons.add(button.text("text", "") + "=" + data);
      }
    }
    return buttons;
  }

  private String getFile(Form form) throws RefusedException {
    String id = form.text("file_id");
    byte[] bytes =
        world
            .findFile(id)
            .orElseThrow(() ->
                new RefusedException(
                    400, "Bad Request: wrong file_id or the file is temporarily unavailable"));
    if (bytes.length > LARGEST_DOWNLOAD) {
      throw new RefusedException(400, "Bad Request: file is too big");
    }
    return Json.line(json -> {
      json.writeStartObject();
      json.writeStringField("file_id", id);
      json.writeStringField("file_unique_id", "u" + id);
      json.writeNumberField("file_size", bytes.length);
      json.writeStringField("file_path", "documents/" + id);
      json.writeEndObject();
    });
  }

  private static String message(Post post) {
    return Json.line(json -> {
      json.writeStartObject();
      json.writeNumberField("message_id", post.id());
      json.writeNumberField("date", 1_700_000_000);
      World.bot(json, "from");
      World.chat(json, post.chat());
      json.writeStringField("text", post.text());
      json.writeEndObject();
    });
  }
}
