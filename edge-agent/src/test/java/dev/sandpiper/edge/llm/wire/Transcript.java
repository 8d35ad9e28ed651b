package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ChatRequest.Sampling;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.HttpReply;
import dev.sandpiper.edge.net.WebSocketCall;
import dev.sandpiper.edge.net.WebSocketLink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Reads answers as providers send them, from a text.
public final class Transcript {

  /// 40 characters of question are some 10 tokens, and 4 around it.
  public static final ChatRequest QUESTION =
      ChatRequest.of("", "0123456789012345678901234567890123456789", new Sampling(100, 0.0));

  private Transcript() {}

  /// The answer as it stands at the end of the text.
  public static Growing read(ChatWire wire, String contentType, String body) throws IOException {
    Growing answer = new Growing(QUESTION, "asked-model", ChatListener.NONE);
    readInto(answer, wire, contentType, body);
    return answer;
  }

  /// Reads into an answer that is looked at even when this fails.
  public static void readInto(Growing answer, ChatWire wire, String contentType, String body)
      throws IOException {
    wire.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), contentType, answer);
  }

  /// An answer that has not begun.
  public static Growing fresh() {
    return new Growing(QUESTION, "asked-model", ChatListener.NONE);
  }

  /// An endpoint that nobody calls.
  public static ModelEndpoint endpoint(String base) {
    return new ModelEndpoint(
        new Nobody(),
        URI.create(base),
        null,
        ModelTimes.USUAL,
        () -> Instant.parse("2026-12-01T00:00:00Z"));
  }

  private record Nobody() implements HttpCaller {
    @Override
    public HttpReply send(HttpCall call) {
      throw new AssertionError(CallTimes.SHORT);
    }

    @Override
    public WebSocketLink connect(WebSocketCall call) {
      throw new AssertionError(call);
    }
  }
}
