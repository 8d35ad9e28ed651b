package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.FileRefusedException.Reason;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpReply;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;

/// Fetches files that came with messages.
final class TelegramFiles {

  /// What Telegram's own server gives bots at most.
  private static final long LARGEST = 20L << 20;

  private static final CallTimes DOWNLOAD =
      new CallTimes(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMinutes(30));

  private final BotApi api;
  private final boolean limited;

  TelegramFiles(BotApi api, boolean limited) {
    this.api = api;
    this.limited = limited;
  }

  InputStream open(IncomingFile file) throws IOException, InterruptedException {
    if (!file.reference().startsWith(FileReader.FILE)) {
      throw new FileRefusedException(
          Reason.KIND, "I cannot read a " + file.name() + ". Send words, a document or a photo.");
    }
    if (limited && file.size() > LARGEST) {
      throw tooLarge(file);
    }
    String id = file.reference().substring(FileReader.FILE.length());
    return switch (api.call(
        "getFile",
        json -> {
          json.writeStartObject();
          json.writeStringField("file_id", id);
          json.writeEndObject();
        },
        CallTimes.SHORT)) {
      case ApiAnswer.Done(JsonValue result) -> download(file, result);
      case ApiAnswer.Failed failed when failed.says("file is too big") -> throw tooLarge(file);
      case ApiAnswer.Failed failed ->
          throw new IOException(
              "Telegram did not give " + file.name() + ": " + failed.reason() + ".");
      case ApiAnswer.Silent silent ->
          throw new IOException(
              "Telegram did not give " + file.name() + ": " + silent.reason() + ".");
    };
  }

  private InputStream download(IncomingFile file, JsonValue result)
      throws IOException, InterruptedException {
    long size = result.number(file.size(), "file_size");
    if (limited && size > LARGEST) {
      throw tooLarge(file);
    }
    String path = result.text("file_path", "");
    if (path.startsWith("/")) {
      throw new FileRefusedException(
          Reason.ON_THE_SERVERS_DISK,
          file.name()
              + " lies on the disk of the Bot API server, which runs with --local. Run it without"
              + " --local, then send the file again.");
    }
    if (!path.matches("[A-Za-z0-9_.~/ +@=,()-]{1,500}") || path.contains("..")) {
      throw new IOException("Telegram named no usable place for " + file.name() + ".");
    }
    HttpReply reply = api.download(path, DOWNLOAD);
    if (reply.status() != 200) {
      reply.close();
      throw new IOException(
          "Telegram did not give " + file.name() + " (HTTP " + reply.status() + ").");
    }
    return new Body(reply);
  }

  private static FileRefusedException tooLarge(IncomingFile file) {
    String size =
        file.size() < 0
            ? "more than 20 MB"
            : String.format(Locale.ROOT, "%.1f MB", file.size() / 1e6);
    return new FileRefusedException(
        Reason.TOO_LARGE_FOR_TELEGRAM,
        file.name()
            + " has "
            + size
            + ", and Telegram gives bots files of at most 20 MB. Send it in parts, or over the web"
            + " page or the watched folder.");
  }

  /// A file on its way. Closing it early closes the connection.
  private static final class Body extends FilterInputStream {
    private final HttpReply reply;

    Body(HttpReply reply) {
      super(reply.body());
      this.reply = reply;
    }

    @Override
    public void close() {
      reply.close();
    }
  }
}
