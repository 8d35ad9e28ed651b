package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.telegram.TelegramHtml.Shown;
import dev.sandpiper.edge.channel.text.Splitter;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A file on its way out, as a form that is written while it is sent.
///
/// @param size of the file, in bytes
/// @param head what stands before its bytes
record Upload(ChatId chat, Outgoing.Attachment file, Path bytes, long size, String head) {

  /// What Telegram takes at most.
  static final long LARGEST = 50L << 20;

  static final CallTimes TIMES =
      new CallTimes(
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(60),
          Duration.ofMinutes(30));

  private static final int LONGEST_CAPTION = 1_024;

  /// No line of ours or of a file's head holds it; of the bytes between nothing is read.
  private static final String BOUNDARY = "sandpiper-7d1f0c6a9be34f52a8c1";

  private static final String END = "\r\n--" + BOUNDARY + "--\r\n";

  /// @throws IOException when the file cannot be looked at
  static Upload of(ChatId chat, Outgoing.Attachment file, Path bytes) throws IOException {
    return new Upload(chat, file, bytes, Files.size(bytes), head(chat, file, /* styled= */ true));
  }

  /// The same with a caption of plain words.
  Upload withoutStyle() {
    return new Upload(chat, file, bytes, size, head(chat, file, /* styled= */ false));
  }

  HttpBody body() {
    byte[] before = head.getBytes(StandardCharsets.UTF_8);
    byte[] after = END.getBytes(StandardCharsets.UTF_8);
    return new HttpBody.Streamed(
        "multipart/form-data; boundary=" + BOUNDARY,
        before.length + size + after.length,
        out -> {
          out.write(before);
          try (InputStream in = Files.newInputStream(bytes)) {
            in.transferTo(out);
          }
          out.write(after);
        });
  }

  private static String head(ChatId chat, Outgoing.Attachment file, boolean styled) {
    StringBuilder head = new StringBuilder();
    field(head, "chat_id", Long.toString(chat.chat()));
    if (chat.thread() != 0) {
      field(head, "message_thread_id", Long.toString(chat.thread()));
    }
    List<String> caption =
        new Splitter(LONGEST_CAPTION, text -> TelegramHtml.of(text).length()).split(file.caption());
    if (!caption.isEmpty()) {
      Shown shown = TelegramHtml.of(caption.getFirst());
      field(head, "caption", styled ? shown.html() : shown.words());
      if (styled) {
        field(head, "parse_mode", "HTML");
      }
    }
    return head.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"document\";")
        .append(" filename=\"" + name(file.name()) + "\"\r\n")
        .append("Content-Type: " + type(file.mediaType()) + "\r\n\r\n")
        .toString();
  }

  private static void field(StringBuilder head, String name, String value) {
    head.append(
            "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
        .append(value)
        .append("\r\n");
  }

  /// As browsers write it: nothing in a name can end it.
  private static String name(String name) {
    String clean = name.replaceAll("[\\x00-\\x1f\\x7f]", "_").replace("\"", "%22");
    return clean.isBlank() ? "document" : clean;
  }

  private static String type(String mediaType) {
    String lower = mediaType.toLowerCase(Locale.ROOT);
    return lower.matches("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")
        ? lower
        : "application/octet-stream";
  }
}
