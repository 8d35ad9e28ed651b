package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel.Embedded;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpReply;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Vectors of texts over HTTP, a few texts a call.
public final class HttpEmbedding {

  /// Texts of one call: their vectors are some 100 KB here, and twenty times that on the wire.
  static final int BATCH = 16;

  private final ModelEndpoint endpoint;
  private final Door door;
  private final Failures failures;

  /// How one API is asked.
  ///
  /// @param question the body for some texts
  public record Door(
      URI uri, Map<String, String> headers, Function<List<String>, String> question) {
    public Door {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return "Door[" + uri.getHost() + "]"; // the headers hold the key
    }
  }

  public HttpEmbedding(ModelEndpoint endpoint, String model, Door door) {
    this.endpoint = endpoint;
    this.door = door;
    failures = new Failures(endpoint.host(), model, endpoint.key());
  }

  /// Makes one vector for each text.
  public Embedded embed(List<String> texts) throws ModelException, InterruptedException {
    List<float[]> vectors = new ArrayList<>();
    Usage used = Usage.NONE;
    for (int from = 0; from < texts.size(); from += BATCH) {
      Embedded some = batch(texts.subList(from, Math.min(texts.size(), from + BATCH)), used);
      vectors.addAll(some.vectors());
      used = used.plus(some.usage());
    }
    return new Embedded(vectors, used);
  }

  private Embedded batch(List<String> texts, Usage before)
      throws ModelException, InterruptedException {
    VectorReader reader = new VectorReader(texts.size());
    // Nothing grows here but the times are the same.
    Growing silent =
        new Growing(ChatRequest.of("", "", ChatRequest.Sampling.steady(0)), "", ChatListener.NONE);
    long estimate = texts.stream().mapToLong(Estimate::tokens).sum();
    try {
      Watch.over(endpoint.times(), silent, () -> exchange(texts, reader));
      List<float[]> vectors = reader.vectors();
      long input = reader.tokens();
      return new Embedded(vectors, new Usage(input < 0 ? estimate : input, 0, 0, 0, 0, input >= 0));
    } catch (RefusedException e) {
      throw failures.of(e, before);
    } catch (IOException e) {
      throw failures.of(e, before.plus(new Usage(estimate, 0, 0, 0, 0, false)));
    }
  }

  private void exchange(List<String> texts, VectorReader reader)
      throws IOException, InterruptedException {
    HttpCall call =
        new HttpCall(
            "POST",
            door.uri(),
            door.headers(),
            HttpBody.json(door.question().apply(texts)),
            endpoint.times().http());
    try (HttpReply reply = endpoint.http().send(call)) {
      if (reply.status() / 100 != 2) {
        throw HttpChatModel.refusal(reply, endpoint, Complaint::of);
      }
      reader.read(reply.body());
    }
  }

  /// Reads a complaint.
  interface Complaints {
    Complaint of(int status, JsonValue body);
  }
}
