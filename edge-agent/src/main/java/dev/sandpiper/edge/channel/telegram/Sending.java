package dev.sandpiper.edge.channel.telegram;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.channel.telegram.TelegramHtml.Shown;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.CallTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sends messages, and says truthfully what became of them.
final class Sending {

  /// A wait that is not worth telling the outbox about.
  private static final Duration SHORT = Duration.ofMillis(1_100);

  private final BotApi api;
  private final Pace pace;
  private final Verdict verdict;
  private final Journal journal;

  Sending(BotApi api, Pace pace, Verdict verdict, Journal journal) {
    this.api = api;
    this.pace = pace;
    this.verdict = verdict;
    this.journal = journal;
  }

  Delivery deliver(Parcel parcel) throws InterruptedException {
    Optional<ChatId> chat = ChatId.find(parcel.address().chat());
    if (chat.isEmpty()) {
      return new Delivery.Refused(
          "\"" + parcel.address().chat() + "\" is no chat of Telegram's; its ids are numbers");
    }
    Duration wait = pace.take(chat.get());
    while (!wait.isZero()) {
      if (wait.compareTo(SHORT) > 0) {
        return new Delivery.Later("Telegram's pace in this chat is kept", wait, false);
      }
      Thread.sleep(wait);
      wait = pace.take(chat.get());
    }
    return switch (parcel.content()) {
      case Outgoing.Text text -> text(chat.get(), text);
      case Outgoing.Edit edit -> edit(chat.get(), edit, parcel.target());
      case Outgoing.Attachment file -> file(chat.get(), file, parcel);
    };
  }

  private Delivery text(ChatId chat, Outgoing.Text text) throws InterruptedException {
    return text(chat, text, true);
  }

  private Delivery text(ChatId chat, Outgoing.Text text, boolean styled)
      throws InterruptedException {
    Shown shown = TelegramHtml.of(text.markdown());
    ApiAnswer answer =
        api.call(
            "sendMessage",
            json -> {
              json.writeStartObject();
              chat.write(json);
              words(json, shown, styled);
              if (text.replyTo() != null && text.replyTo().matches("[0-9]{1,15}")) {
                json.writeObjectFieldStart("reply_parameters");
                json.writeNumberField("message_id", Long.parseLong(text.replyTo()));
                json.writeBooleanField("allow_sending_without_reply", true);
                json.writeEndObject();
              }
              buttons(json, text.buttons());
              json.writeEndObject();
            },
            CallTimes.SHORT);
    if (styled && isUnreadable(answer)) {
      return text(chat, text, false);
    }
    if (chat.thread() != 0 && isTopicGone(answer)) {
      return text(chat.withoutThread(), text, styled);
    }
    return verdict.ofSend(chat, answer);
  }

  private Delivery edit(ChatId chat, Outgoing.Edit edit, @Nullable String target)
      throws InterruptedException {
    if (target == null || !target.matches("[0-9]{1,15}")) {
      return text(chat, new Outgoing.Text(edit.markdown(), edit.buttons(), null));
    }
    ApiAnswer answer = edit(chat, edit, target, true);
    if (isUnreadable(answer)) {
      answer = edit(chat, edit, target, false);
    }
    if (answer instanceof ApiAnswer.Failed failed
        && (failed.says("message to edit not found") || failed.says("message can't be edited"))) {
      return text(chat, new Outgoing.Text(edit.markdown(), edit.buttons(), null));
    }
    return verdict.ofEdit(chat, answer, target);
  }

  private ApiAnswer edit(ChatId chat, Outgoing.Edit edit, String target, boolean styled)
      throws InterruptedException {
    Shown shown = TelegramHtml.of(edit.markdown());
    return api.call(
        "editMessageText",
        json -> {
          json.writeStartObject();
          chat.withoutThread().write(json);
          json.writeNumberField("message_id", Long.parseLong(target));
          words(json, shown, styled);
          buttons(json, edit.buttons());
          json.writeEndObject();
        },
        CallTimes.SHORT);
  }

  private Delivery file(ChatId chat, Outgoing.Attachment file, Parcel parcel)
      throws InterruptedException {
    if (parcel.file() == null) {
      return new Delivery.Refused("the bytes of " + file.name() + " are gone");
    }
    Upload upload;
    try {
      upload = Upload.of(chat, file, parcel.file());
    } catch (IOException e) {
      return new Delivery.Refused("the bytes of " + file.name() + " cannot be read");
    }
    if (upload.size() > Upload.LARGEST) {
      return new Delivery.Refused(
          file.name() + " has more than 50 MB, the most that a bot may send over Telegram");
    }
    ApiAnswer answer = api.call("sendDocument", upload.body(), Upload.TIMES);
    if (isUnreadable(answer)) {
      answer = api.call("sendDocument", upload.withoutStyle().body(), Upload.TIMES);
    }
    return verdict.ofSend(chat, answer);
  }

  /// The words. No preview of links: what a document says must not make Telegram's servers visit an
  /// address.
  private static void words(JsonGenerator json, Shown shown, boolean styled) throws IOException {
    json.writeStringField("text", styled ? shown.html() : shown.words());
    if (styled) {
      json.writeStringField("parse_mode", "HTML");
    }
    json.writeObjectFieldStart("link_preview_options");
    json.writeBooleanField("is_disabled", true);
    json.writeEndObject();
  }

  private static void buttons(JsonGenerator json, List<Button> buttons) throws IOException {
    if (buttons.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("reply_markup");
    json.writeArrayFieldStart("inline_keyboard");
    json.writeStartArray();
    for (Button button : buttons) {
      json.writeStartObject();
      json.writeStringField("text", button.label());
      json.writeStringField("callback_data", button.data());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Whether Telegram did not understand our HTML. It has sent nothing then.
  private boolean isUnreadable(ApiAnswer answer) {
    boolean unreadable =
        answer instanceof ApiAnswer.Failed failed && failed.says("can't parse entities");
    if (unreadable && answer instanceof ApiAnswer.Failed failed) {
      journal.error("telegram.markup", "reason", failed.reason(), "instead", "plain words");
    }
    return unreadable;
  }

  private static boolean isTopicGone(ApiAnswer answer) {
    return answer instanceof ApiAnswer.Failed failed
        && (failed.says("message thread not found") || failed.says("TOPIC_DELETED"));
  }
}
