package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// A model behind HTTP.
public final class HttpChatModel implements ChatModel {

  /// Longest complaint that is read, in bytes.
  private static final int COMPLAINT = 64 << 10;

  private final WatchedModel model;

  /// @param model the provider's id of it
  public HttpChatModel(ModelEndpoint endpoint, String model, ChatWire wire) {
    this.model =
        new WatchedModel(
            endpoint.times(),
            new Failures(endpoint.host(), model, endpoint.key()),
            new Talk(endpoint, wire));
  }

  @Override
  public ChatAnswer ask(ChatRequest request, ChatListener listener)
      throws ModelException, InterruptedException {
    return model.ask(request, listener);
  }

  /// One question over HTTP, and its answer.
  private record Talk(ModelEndpoint endpoint, ChatWire wire) implements WatchedModel.Exchange {

    @Override
    public void run(ChatRequest request, Growing answer) throws IOException, InterruptedException {
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

    @Override
    public boolean learns(Complaint complaint) {
      return wire.learns(complaint);
    }
  }

  static RefusedException refusal(
      HttpReply reply, ModelEndpoint endpoint, HttpEmbedding.Complaints complaints) {
    Complaint complaint = complaints.of(reply.status(), words(reply));
    return RefusedException.inPlaceOfAnswer(complaint, reply::header, endpoint.clock().instant());
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
