package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;

/// One API's format: how a question is written and a streamed answer is read.
public interface ChatWire {

  /// A question in the API's format.
  ///
  /// @param headers beside those of every call; the key stands here and nowhere else
  /// @param json the body
  record Question(URI uri, Map<String, String> headers, String json) {
    public Question {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return "Question[" + uri.getHost() + "]"; // the headers hold the key
    }
  }

  /// Writes a question.
  Question question(ChatRequest request);

  /// Reads the answer until its end.
  ///
  /// @param contentType as the provider names it; empty when it does not
  /// @throws BrokenAnswerException when it is none
  /// @throws RefusedException when the provider gives up on it
  void read(InputStream body, String contentType, Growing answer) throws IOException;

  /// Reads why the provider does not answer.
  default Complaint complaint(int status, JsonValue body) {
    return Complaint.of(status, body);
  }

  /// Looks whether a complaint is about the way of asking and, if so, asks otherwise from now on.
  ///
  /// @return whether it is worth asking once more
  default boolean learns(Complaint complaint) {
    return false;
  }
}
