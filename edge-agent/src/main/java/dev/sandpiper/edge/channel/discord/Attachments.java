package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.FileRefusedException.Reason;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpReply;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Fetches attachments. Their URLs are signed and expire; the message knows new ones.
final class Attachments {

  private static final Set<String> HOSTS =
      Set.of("cdn.discordapp.com", "media.discordapp.net", "cdn.discord.com");

  private static final CallTimes TIMES =
      new CallTimes(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMinutes(30));

  private final Rest rest;
  private final DiscordOptions options;

  Attachments(Rest rest, DiscordOptions options) {
    this.rest = rest;
    this.options = options;
  }

  InputStream open(IncomingFile file) throws IOException, InterruptedException {
    FileReference reference =
        FileReference.read(file.reference())
            .orElseThrow(() ->
                new FileRefusedException(
                    Reason.GONE, file.name() + " is not known to Discord; send it again."));
    Optional<InputStream> first = fetch(file, reference.url());
    if (first.isPresent()) {
      return first.get();
    }
    return fetch(file, renewed(file, reference)).orElseThrow(() -> gone(file));
  }

  private static FileRefusedException gone(IncomingFile file) {
    return new FileRefusedException(
        Reason.GONE, file.name() + " is not on Discord any more; send it again.");
  }

  /// Empty when the URL has expired, or the file is gone.
  private Optional<InputStream> fetch(IncomingFile file, String url)
      throws IOException, InterruptedException {
    HttpReply reply = rest.fetch(address(file, url), TIMES);
    if (reply.status() == 200) {
      return Optional.of(new Body(reply));
    }
    int status = reply.status();
    reply.close();
    if (status == 403 || status == 404 || status == 410) {
      return Optional.empty();
    }
    throw new IOException("Discord answered %d for %s".formatted(status, file.name()));
  }

  /// Only Discord's own hosts are asked, whatever a message says.
  private URI address(IncomingFile file, String url) throws FileRefusedException {
    try {
      URI uri = new URI(url);
      boolean theirs = "https".equals(uri.getScheme()) && HOSTS.contains(uri.getHost());
      boolean standIn =
          options.base().getScheme().equals(uri.getScheme())
              && options.base().getAuthority().equals(uri.getAuthority());
      if (theirs || standIn) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // as good as elsewhere
    }
    throw new FileRefusedException(
        Reason.ELSEWHERE,
        file.name() + " does not lie on Discord's servers; send the file itself.");
  }

  private String renewed(IncomingFile file, FileReference reference)
      throws IOException, InterruptedException {
    String path = "/channels/%s/messages/%s".formatted(reference.chat(), reference.message());
    return switch (rest.get(path)) {
      case RestAnswer.Done(JsonValue message) ->
          files(message)
              .filter(found -> found.text("id", "").equals(reference.attachment()))
              .findFirst()
              .flatMap(found -> found.findText("url"))
              .orElseThrow(() -> gone(file));
      case RestAnswer.Limited(Duration after, _) ->
          throw new IOException(
              "Discord takes no more requests for %d s".formatted(after.toSeconds() + 1));
      case RestAnswer.Failed failed when failed.status() == 404 || failed.status() == 403 ->
          throw gone(file);
      case RestAnswer.Failed failed -> throw new IOException(Rest.words(failed));
    };
  }

  private static Stream<JsonValue> files(JsonValue message) {
    List<JsonValue> forwarded = message.at("message_snapshots").items();
    return Stream.concat(
        message.at("attachments").items().stream(),
        forwarded.stream().flatMap(one -> one.at("message", "attachments").items().stream()));
  }

  /// A body that closes its connection with it.
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
