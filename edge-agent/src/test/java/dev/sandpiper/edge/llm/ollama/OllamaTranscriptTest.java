package dev.sandpiper.edge.llm.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.RefusedException;
import dev.sandpiper.edge.llm.wire.Transcript;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OllamaTranscriptTest {

  private final OllamaWire wire =
      new OllamaWire(
          Transcript.endpoint("http://127.0.0.1:11434/api/"),
          "qwen3:4b",
          new OllamaOptions(Duration.ofMinutes(10), 16_384));

  @Test
  void aQuestionThatIsInTheCacheIsEstimated() throws Exception {
    ChatAnswer answer =
        Transcript.read(
                wire,
                "application/x-ndjson",
                """
                {"model":"qwen3:4b","created_at":"2026-12-01T00:00:00Z","message":{"role":"assistant","content":"","thinking":"Hm"},"done":false}
                {"model":"qwen3:4b","message":{"role":"assistant","content":"Hi"},"done":false}
                {"model":"qwen3:4b","message":{"role":"assistant","content":"","tool_calls":[{"function":{"index":0,"name":"search","arguments":{"q":"a"}}}]},"done":false}
                {"model":"qwen3:4b","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"total_duration":1,"eval_count":42}
                """)
            .whole();
    assertThat(answer)
        .isEqualTo(
            new ChatAnswer(
                "Hi",
                List.of(new ToolCall("call_1", "search", "{\"q\":\"a\"}")),
                Stop.TOOLS,
                new Usage(14, 0, 0, 42, 0, false),
                "qwen3:4b"));
  }

  @Test
  void aFailureInTheMiddleIsHeard() {
    assertThatThrownBy(() ->
            Transcript.read(
                wire,
                "application/x-ndjson",
                """
                {"model":"q","message":{"role":"assistant","content":"Hi"},"done":false}
                {"error":"an error was encountered while running the model: CUDA error"}
                """))
        .isInstanceOf(RefusedException.class)
        .hasMessage("an error was encountered while running the model: CUDA error");
  }

  @Test
  void itIsToldHowMuchToKeepInMindAndHowLong() {
    var question = wire.question(Transcript.QUESTION);
    assertThat(question.uri()).hasToString("http://127.0.0.1:11434/api/chat");
    assertThat(question.json())
        .contains("\"num_ctx\":16384", "\"keep_alive\":\"600s\"", "\"num_predict\":100");
  }
}
