package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.telegram.ApiAnswer.Done;
import dev.sandpiper.edge.channel.telegram.ApiAnswer.Failed;
import dev.sandpiper.edge.channel.telegram.ApiAnswer.Silent;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.HttpReply;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls the Bot API. The token is part of every address, so no address is ever shown.
final class BotApi {
  static final Json.Writer NO_ARGUMENTS =
      json -> {
        json.writeStartObject();
        json.writeEndObject();
      };

  private static final int LARGEST_ANSWER = 16 << 20;
  private static final int LONGEST_REASON = 300;
  private static final int SHOWN_BODY = 65_536;
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);

  private final HttpCaller http;
  private final URI base;
  private final Secret token;

  BotApi(HttpCaller http, URI base, Secret token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  /// Calls a method with arguments as JSON.
  ApiAnswer call(String method, Json.Writer arguments, CallTimes times)
      throws InterruptedException {
    return call(method, new HttpBody.Bytes("application/json", Json.bytes(arguments)), times);
  }

  /// Calls a method.
  ApiAnswer call(String method, HttpBody body, CallTimes times) throws InterruptedException {
    HttpCall call = new HttpCall("POST", address("/bot", "/" + method), Map.of(), body, times);
    try (HttpReply reply = http.send(call)) {
      return read(reply.status(), reply.body().readNBytes(LARGEST_ANSWER + 1));
    } catch (HttpCallException e) {
      return new Silent(message(e), e.phase() != HttpCallException.Phase.UNSENT, "");
    } catch (InterruptedIOException e) {
      throw interrupted(e);
    } catch (IOException e) {
      return new Silent(message(e), /* acted= */ true, "");
    }
  }

  /// Fetches a file; the caller closes the reply.
  HttpReply download(String path, CallTimes times) throws IOException, InterruptedException {
    return http.send(
        new HttpCall(
            "GET", address("/file/bot", "/" + path), Map.of(), new HttpBody.Nothing(), times));
  }

  private URI address(String before, String after) {
    try {
      String path = base.getPath() == null ? "" : base.getPath().replaceFirst("/+$", "");
      return new URI(
          base.getScheme(),
          base.getAuthority(),
          path + before + token.reveal() + after,
          null,
          null);
    } catch (URISyntaxException _) {
      // Its message would show the token.
      throw new IllegalArgumentException("telegram.token cannot stand in an address");
    }
  }

  private static ApiAnswer read(int status, byte[] bytes) {
    String body = new String(bytes, StandardCharsets.UTF_8);
    if (bytes.length > LARGEST_ANSWER) {
      return new Silent("the answer is longer than 16 MB", status == 200, begin(body));
    }
    JsonValue answer;
    try {
      answer = JsonValue.read(body);
    } catch (IOException | RuntimeException _) {
      return new Silent(
          "the answer (HTTP " + status + ") is not one of the Bot API",
          status < 400 || status >= 500,
          begin(body));
    }
    if (answer.flag("ok") && answer.has("result")) {
      return new Done(answer.at("result"));
    }
    if (!answer.has("ok") || answer.flag("ok")) {
      return new Silent(
          "the answer (HTTP " + status + ") is not one of the Bot API",
          status < 400 || status >= 500,
          begin(body));
    }
    return failed(status, answer);
  }

  private static Failed failed(int status, JsonValue answer) {
    String reason = answer.text("description", "no reason given");
    Duration wait =
        answer
            .findNumber("parameters", "retry_after")
            .map(seconds -> Math.clamp(seconds, 1, LONGEST_WAIT.toSeconds()))
            .map(Duration::ofSeconds)
            .orElse(null);
    String moved =
        answer.findNumber("parameters", "migrate_to_chat_id").map(String::valueOf).orElse(null);
    return new Failed(
        Math.clamp(answer.number(status, "error_code"), 0, 999),
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason,
        wait,
        moved);
  }

  private static String begin(String body) {
    return body.length() > SHOWN_BODY ? body.substring(0, SHOWN_BODY) : body;
  }

  static InterruptedException interrupted(InterruptedIOException cause) {
    InterruptedException interrupted = new InterruptedException(cause.getMessage());
    interrupted.initCause(cause);
    return interrupted;
  }

  private static String message(@Nullable IOException e) {
    return e == null || e.getMessage() == null ? "the connection broke" : e.getMessage();
  }
}
