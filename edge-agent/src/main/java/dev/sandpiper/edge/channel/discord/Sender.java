package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends parcels. Each goes out with its key as nonce, so that one that is sent twice within some
/// minutes arrives once.
final class Sender {

  static final long LARGEST_FILE = 10L << 20;

  private static final long UNKNOWN_MESSAGE = 10_008;
  private static final Duration REFUSED_PAUSE = Duration.ofMinutes(10);
  private static final CallTimes UPLOAD =
      new CallTimes(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10));

  private final Rest rest;

  Sender(Rest rest) {
    this.rest = rest;
  }

  Delivery deliver(Parcel parcel) throws InterruptedException {
    if (!Translator.isId(parcel.address().chat())) {
      return new Delivery.Refused("%s is not a chat of Discord".formatted(parcel.address().text()));
    }
    String messages = "/channels/" + parcel.address().chat() + "/messages";
    return switch (parcel.content()) {
      case Outgoing.Text(String markdown, List<Button> buttons, String replyTo) ->
          post(messages, Payloads.message(parcel.key(), shown(markdown), buttons, replyTo));
      case Outgoing.Edit(_, String markdown, List<Button> buttons) ->
          edit(parcel, messages, shown(markdown), buttons);
      case Outgoing.Attachment file -> attach(parcel, messages, file);
    };
  }

  /// What is sent; never too long, whoever cut it.
  private static String shown(String markdown) {
    String shown = DiscordText.render(markdown);
    if (shown.codePointCount(0, shown.length()) <= DiscordText.LONGEST) {
      return shown.isBlank() ? "\u200b" : shown;
    }
    return DiscordText.render(DiscordText.split(markdown).getFirst());
  }

  private Delivery post(String path, String json) throws InterruptedException {
    return send("POST", path, HttpBody.json(json), CallTimes.SHORT);
  }

  private Delivery edit(Parcel parcel, String messages, String content, List<Button> buttons)
      throws InterruptedException {
    String target = parcel.target();
    if (target != null && Translator.isId(target)) {
      String path = messages + "/" + target;
      HttpBody body = HttpBody.json(Payloads.edit(content, buttons));
      try {
        RestAnswer answer = rest.call("PATCH", path, body, CallTimes.SHORT);
        if (!(answer instanceof RestAnswer.Failed(_, long code, _) && code == UNKNOWN_MESSAGE)) {
          return delivery(answer);
        }
      } catch (HttpCallException e) {
        // Doing it twice does no harm.
        return new Delivery.Later(String.valueOf(e.getMessage()), null, false);
      }
    }
    return post(messages, Payloads.message(parcel.key(), content, buttons, null));
  }

  private Delivery attach(Parcel parcel, String messages, Outgoing.Attachment attachment)
      throws InterruptedException {
    Path file = parcel.file();
    long size;
    try {
      size = file == null ? -1 : Files.size(file);
    } catch (IOException _) {
      size = -1;
    }
    if (file == null || size < 0) {
      return new Delivery.Refused(
          "the bytes of %s are not in the library any more".formatted(attachment.name()));
    }
    if (size > LARGEST_FILE) {
      String sorry =
          "%s\n\n**%s** has %.1f MB, and Discord takes no more than %d MB from a bot. It is safe in the library: fetch it there."
              .formatted(
                  attachment.caption(), attachment.name(), size / 1_048_576.0, LARGEST_FILE >> 20)
              .strip();
      return post(messages, Payloads.message(parcel.key(), shown(sorry), List.of(), null));
    }
    String payload =
        Payloads.attachment(
            parcel.key(),
            attachment.caption().isBlank() ? "" : shown(attachment.caption()),
            attachment.name());
    return send("POST", messages, multipart(parcel.key(), payload, attachment, file, size), UPLOAD);
  }

  private static HttpBody multipart(
      String key, String payload, Outgoing.Attachment attachment, Path file, long size) {
    String boundary = "sandpiper-" + key;
    byte[] before =
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n"
                + "Content-Type: application/json\r\n\r\n"
                + payload
                + "\r\n--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\""
                + attachment.name().replaceAll("[\\p{Cntrl}\"\\\\]", "_")
                + "\"\r\nContent-Type: "
                + mediaType(attachment.mediaType())
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] after = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    return new HttpBody.Streamed(
        "multipart/form-data; boundary=" + boundary,
        before.length + size + after.length,
        out -> {
          out.write(before);
          Files.copy(file, out);
          out.write(after);
        });
  }

  private static String mediaType(String text) {
    return text.matches("[\\w.+-]+/[\\w.+-]+") ? text : "application/octet-stream";
  }

  private Delivery send(String method, String path, HttpBody body, CallTimes times)
      throws InterruptedException {
    try {
      return delivery(rest.call(method, path, body, times));
    } catch (HttpCallException e) {
      String why = String.valueOf(e.getMessage());
      return switch (e.phase()) {
        case UNSENT -> new Delivery.Later(why, null, false);
        case UNANSWERED, CUT -> new Delivery.Unknown(why);
      };
    }
  }

  private static Delivery delivery(RestAnswer answer) {
    return switch (answer) {
      case RestAnswer.Done(var json) -> new Delivery.Delivered(json.nullableText("id"));
      case RestAnswer.Limited(Duration after, boolean everywhere) ->
          new Delivery.Later("Discord takes no more messages for now (429)", after, everywhere);
      case RestAnswer.Failed failed -> failure(failed);
    };
  }

  private static Delivery failure(RestAnswer.Failed failed) {
    @Nullable Delivery known =
        switch (failed.status()) {
          case 401 -> new Delivery.Later(Rest.words(failed), REFUSED_PAUSE, true);
          case 408, 409 -> new Delivery.Later(Rest.words(failed), null, false);
          default -> null;
        };
    if (known != null) {
      return known;
    }
    return failed.status() >= 500
        ? new Delivery.Unknown(Rest.words(failed))
        : new Delivery.Refused(Rest.words(failed));
  }
}
