package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A model behind HTTP. Its listener hears on another thread than the asking one, one piece after
/// the other, and nothing once the answer is there.
public final class HttpChatModel implements ChatModel {

  /// Longest complaint that is read, in bytes.
  private static final int COMPLAINT = 64 << 10;

  /// How often one question is asked otherwise.
  private static final int MOST_LESSONS = 3;

  private final ModelEndpoint endpoint;
  private final String model;
  private final ChatWire wire;
  private final Failures failures;

  /// @param model the provider's id of it
  public HttpChatModel(ModelEndpoint endpoint, String model, ChatWire wire) {
    this.endpoint = endpoint;
    this.model = model;
    this.wire = wire;
    failures = new Failures(endpoint.host(), model, endpoint.key());
  }

  @Override
  public ChatAnswer ask(ChatRequest request, ChatListener listener)
      throws ModelException, InterruptedException {
    for (int lessons = 0; ; lessons++) {
      Growing answer = new Growing(request, model, listener);
      try {
        Watch.over(endpoint.times(), answer, () -> exchange(request, answer));
        return answer.whole();
      } catch (RefusedException e) {
        boolean again = e.atOnce() && lessons < MOST_LESSONS && wire.learns(e.complaint());
        if (!again) {
          throw failures.of(e, e.atOnce() ? Usage.NONE : answer.used());
        }
      } catch (IOException e) {
        ChatAnswer whole = finished(answer);
        if (whole != null) {
          return whole;
        }
        throw failures.of(e, answer.used());
      }
    }
  }

  /// An answer that is whole although the connection did not end well.
  private static @Nullable ChatAnswer finished(Growing answer) {
    try {
      return answer.finished() ? answer.whole() : null;
    } catch (BrokenAnswerException _) {
      return null;
    }
  }

  private void exchange(ChatRequest request, Growing answer)
      throws IOException, InterruptedException {
    ChatWire.Question question = wire.question(request);
    HttpCall call =
        new HttpCall(
            "POST",
            question.uri(),
            question.headers(),
            HttpBody.json(question.json()),
            endpoint.times().http());
    try (HttpReply reply = endpoint.http().send(call)) {
      if (reply.status() / 100 != 2) {
        throw refusal(reply, endpoint, wire::complaint);
      }
      String type = reply.header("content-type");
      wire.read(reply.body(), type == null ? "" : type, answer);
    }
  }

  static RefusedException refusal(
      HttpReply reply, ModelEndpoint endpoint, HttpEmbedding.Complaints complaints) {
    Complaint complaint = complaints.of(reply.status(), words(reply));
    return new RefusedException(
        complaint, RetryAfter.of(reply, complaint, endpoint.clock().instant()));
  }

  /// What stands in the body of a refusal; nothing when it is not JSON, as of many a proxy.
  private static JsonValue words(HttpReply reply) {
    try {
      byte[] body = reply.body().readNBytes(COMPLAINT);
      return JsonValue.read(new ByteArrayInputStream(body));
    } catch (IOException _) {
      return new JsonValue.Nothing();
    }
  }
}
