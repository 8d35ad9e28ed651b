package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Discord's REST interface, within its limits.
final class Rest {

  static final String USER_AGENT = "DiscordBot (https://sandpiper.dev, 0.1)";

  /// A bucket that fills again this soon is waited for; a longer wait is the outbox's.
  private static final Duration SHORT_WAIT = Duration.ofSeconds(10);

  private static final Duration WAIT_UNSAID = Duration.ofSeconds(60);
  private static final int LARGEST_ANSWER = 2 << 20;
  private static final int LONGEST_MESSAGE = 300;
  private static final int TOO_MANY = 429;

  private final HttpCaller caller;
  private final DiscordOptions options;
  private final Limits limits;
  private volatile boolean refused;

  Rest(HttpCaller caller, DiscordOptions options, Limits limits) {
    this.caller = caller;
    this.options = options;
    this.limits = limits;
  }

  /// Whether Discord does not take the token.
  boolean isRefused() {
    return refused;
  }

  RestAnswer get(String path) throws HttpCallException, InterruptedException {
    return call("GET", path, new HttpBody.Nothing(), CallTimes.SHORT);
  }

  /// @throws HttpCallException when there is no whole answer
  RestAnswer call(String method, String path, HttpBody body, CallTimes times)
      throws HttpCallException, InterruptedException {
    Route route = Route.of(method, path);
    Duration everywhere = limits.everywhere();
    if (everywhere.compareTo(SHORT_WAIT) > 0) {
      return new RestAnswer.Limited(everywhere, true);
    }
    Duration here = limits.of(route);
    if (here.compareTo(SHORT_WAIT) > 0) {
      return new RestAnswer.Limited(here, false);
    }
    Thread.sleep(here.compareTo(everywhere) > 0 ? here : everywhere);
    HttpCall call =
        new HttpCall(
            method,
            URI.create(options.base() + path),
            Map.of("Authorization", "Bot " + options.token().reveal(), "User-Agent", USER_AGENT),
            body,
            times);
    try (HttpReply reply = caller.send(call)) {
      return read(route, reply);
    }
  }

  private RestAnswer read(Route route, HttpReply reply)
      throws HttpCallException, InterruptedException {
    limits.learn(route, reply::header);
    int status = reply.status();
    boolean shared = "shared".equals(reply.header("x-ratelimit-scope"));
    if (status == 401 || status == 403 || (status == TOO_MANY && !shared)) {
      limits.countInvalid();
    }
    refused = status == 401 || (refused && status >= 400);
    JsonValue json = json(reply);
    if (status == TOO_MANY) {
      return limited(route, reply, json);
    }
    if (status >= 200 && status < 300) {
      return new RestAnswer.Done(json);
    }
    String message = json.text("message", "");
    return new RestAnswer.Failed(
        status,
        json.number(0, "code"),
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message);
  }

  private RestAnswer limited(Route route, HttpReply reply, JsonValue json) {
    Duration said = json.findReal("retry_after").map(Limits::duration).orElse(null);
    if (said == null) {
      said = Limits.seconds(reply.header("retry-after"));
    }
    Duration after = said == null ? WAIT_UNSAID : said;
    // An answer without JSON is not Discord's but its front's: it holds for the whole address.
    boolean everywhere =
        json.flag("global")
            || "true".equals(reply.header("x-ratelimit-global"))
            || !json.has("retry_after");
    if (everywhere) {
      limits.blockEverywhere(after);
    } else {
      limits.block(route, after);
    }
    return new RestAnswer.Limited(after, everywhere);
  }

  /// Nothing when it is not JSON, as the answers of what stands before Discord are not.
  private static JsonValue json(HttpReply reply) throws HttpCallException, InterruptedException {
    try (InputStream body = reply.body()) {
      byte[] bytes = body.readNBytes(LARGEST_ANSWER + 1);
      return bytes.length == 0 || bytes.length > LARGEST_ANSWER
          ? new JsonValue.Nothing()
          : JsonValue.read(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
    } catch (HttpCallException e) {
      throw e;
    } catch (IOException _) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return new JsonValue.Nothing();
    }
  }

  /// Fetches a file that needs no token.
  HttpReply fetch(URI uri, CallTimes times) throws HttpCallException, InterruptedException {
    return caller.send(
        new HttpCall("GET", uri, Map.of("User-Agent", USER_AGENT), new HttpBody.Nothing(), times));
  }

  /// In words, for a person who has to mend it.
  static String words(RestAnswer.Failed failed) {
    String said = failed.message().isEmpty() ? "no reason given" : failed.message();
    @Nullable String mend =
        switch ((int) failed.code()) {
          case 10_003, 50_001 ->
              "the bot cannot see this channel; give it the permission View Channel there";
          case 50_007 ->
              "the person takes no direct messages from this bot; they can allow it in the"
                  + " server's privacy settings";
          case 50_013 ->
              "the bot may not write in this channel; give it Send Messages and Attach Files"
                  + " there";
          default ->
              failed.status() == 401
                  ? "the token is not taken; make a new one in the developer portal (Bot, Reset"
                      + " Token) and put it where discord.token points"
                  : null;
        };
    return "Discord answered %d (%s)%s"
        .formatted(failed.status(), said, mend == null ? "" : ": " + mend);
  }
}
