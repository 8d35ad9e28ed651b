package dev.sandpiper.edge.fake.model;

import dev.sandpiper.edge.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// How one API writes and reads.
interface Format {

  /// A question that the API would not accept.
  final class BadQuestionException extends Exception {
    private static final long serialVersionUID = 1L;

    BadQuestionException(String message) {
      super(message);
    }
  }

  /// One answer to write.
  ///
  /// @param number counts the fake's answers, for ids
  record Served(Asked asked, Reply.Says says, Count count, int number, boolean cut) {

    /// The text in the pieces in which a model says it.
    List<String> pieces() {
      List<String> all = Count.tokens(says.text());
      return cut ? all.subList(0, Math.min(all.size(), asked.maxTokens())) : all;
    }

    /// What is said of the text.
    String text() {
      return String.join("", pieces());
    }

    /// The thoughts in pieces.
    List<String> thoughts() {
      return Count.tokens(says.thinking());
    }
  }

  /// Whether this API has a chat at this path.
  boolean chats(String path);

  /// Whether this API makes vectors at this path.
  boolean embeds(String path);

  /// Reads a question.
  Asked read(FakeHttp.Request request, JsonValue body) throws BadQuestionException;

  /// The answer in events.
  List<byte[]> stream(Served served);

  /// The answer in one.
  Object whole(Served served);

  /// Media type of a streamed answer.
  String streamType();

  /// The status of a refusal.
  int status(Reply.Trouble trouble);

  /// A refusal's body.
  Object refusal(Reply.Trouble trouble, String message, int status);

  /// A failure within a streamed answer.
  byte[] inside(String message);

  /// A sign of life without content; empty when the API has none.
  default byte[] alive() {
    return ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);
  }

  /// Texts to make vectors of.
  List<String> texts(JsonValue body);

  /// An answer of vectors.
  Object vectors(String model, List<float[]> vectors, long tokens);

  static byte[] event(Object data) {
    return ("data: " + Js.text(data) + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  static byte[] event(String name, Map<String, Object> data) {
    return ("event: " + name + "\ndata: " + Js.text(data) + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  static void demand(boolean holds, String otherwise) throws BadQuestionException {
    if (!holds) {
      throw new BadQuestionException(otherwise);
    }
  }
}
