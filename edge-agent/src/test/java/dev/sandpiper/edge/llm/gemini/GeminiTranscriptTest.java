package dev.sandpiper.edge.llm.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ChatRequest.Sampling;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.Kinds;
import dev.sandpiper.edge.llm.wire.Transcript;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiTranscriptTest {

  private final GeminiWire wire =
      new GeminiWire(Transcript.endpoint("https://example.org"), "gemini-3-pro");

  private ChatAnswer read(String body) throws IOException {
    return Transcript.read(wire, "text/event-stream", body).whole();
  }

  @Test
  void thoughtsAreAddedToTheAnswerAndCallsGetIds() throws IOException {
    ChatAnswer answer =
        read(
            """
            data: {"candidates":[{"content":{"parts":[{"text":"Hmm","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":50,"totalTokenCount":60,"thoughtsTokenCount":10},"modelVersion":"gemini-3-pro","responseId":"r_1"}\r
            \r
            data: {"candidates":[{"content":{"parts":[{"text":"Ok "},{"functionCall":{"name":"search","args":{"q":"a"}},"thoughtSignature":"c2VhbA=="},{"functionCall":{"name":"search","args":{}}}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":50,"cachedContentTokenCount":32,"candidatesTokenCount":7,"totalTokenCount":77,"thoughtsTokenCount":20},"modelVersion":"gemini-3-pro","responseId":"r_1"}\r
            \r
            """);
    assertThat(answer)
        .isEqualTo(
            new ChatAnswer(
                "Ok ",
                List.of(
                    new ToolCall("call_r_1_1", "search", "{\"q\":\"a\"}"),
                    new ToolCall("call_r_1_2", "search", "{}")),
                Stop.TOOLS,
                new Usage(50, 32, 0, 27, 20, true),
                "gemini-3-pro"));

    String next =
        wire.question(
                new ChatRequest(
                    "",
                    List.of(
                        new ChatMessage.User("x"),
                        new ChatMessage.Assistant("", answer.calls()),
                        new ChatMessage.ToolResult("call_r_1_1", "search", "found", false),
                        new ChatMessage.ToolResult("call_r_1_2", "search", "no", true)),
                    List.of(),
                    new Sampling(10, null)))
            .json();
    assertThat(next)
        .contains("\"thoughtSignature\":\"c2VhbA==\"")
        .contains("\"thoughtSignature\":\"skip_thought_signature_validator\"")
        .contains("\"response\":{\"result\":\"found\"}")
        .contains("\"response\":{\"error\":\"no\"}");
  }

  @Test
  void aBlockedQuestionIsARefusal() throws IOException {
    ChatAnswer answer =
        read(
            """
            data: {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":12,"totalTokenCount":12},"modelVersion":"gemini-2.5-flash"}

            """);
    assertThat(answer.stop()).isEqualTo(Stop.REFUSED);
    assertThat(answer.usage()).isEqualTo(new Usage(12, 0, 0, 0, 0, true));
  }

  @Test
  void aTotalThatDoesNotAddUpIsBelievedButNotComplete() throws IOException {
    assertThat(
            read("""
            data: {"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":100}}

            """)
                .usage())
        .isEqualTo(new Usage(10, 0, 0, 90, 0, false));
  }

  @Test
  void aSpoiltCallIsTheProvidersFailure() {
    assertThatThrownBy(() ->
            read(
                "data:"
                    + " {\"candidates\":[{\"content\":{},\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}\n\n"))
        .hasMessage("ended with the provider's own failure (MALFORMED_FUNCTION_CALL)");
  }

  @Test
  void olderModelsAreSentNoSeals() {
    String json =
        new GeminiWire(Transcript.endpoint("https://example.org"), "gemini-2.5-flash")
            .question(
                new ChatRequest(
                    "",
                    List.of(
                        new ChatMessage.User("x"),
                        new ChatMessage.Assistant("", List.of(new ToolCall("a", "t", "{}"))),
                        new ChatMessage.ToolResult("a", "t", "y", false)),
                    List.of(),
                    new Sampling(10, null)))
            .json();
    assertThat(json).doesNotContain("thoughtSignature");
  }

  @Test
  void anInvalidKeyIsToldByItsReason() {
    assertThat(
            Kinds.of(
                wire.complaint(
                    400,
                    JsonValue.ours(
                        "[{\"error\":{\"code\":400,\"message\":\"API key not"
                            + " valid.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}]"))))
        .isEqualTo(Kind.UNAUTHORIZED);
  }
}
