package dev.sandpiper.edge.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.Complaint;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.Kinds;
import dev.sandpiper.edge.llm.wire.RefusedException;
import dev.sandpiper.edge.llm.wire.Transcript;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicTranscriptTest {

  private static final String START =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":null,"usage":{"input_tokens":25,"cache_creation_input_tokens":100,"cache_read_input_tokens":1000,"output_tokens":1,"service_tier":"standard"}}}

      event: ping
      data: {"type": "ping"}

      """;

  private final AnthropicWire wire =
      new AnthropicWire(Transcript.endpoint("https://example.org"), "asked-model");

  @Test
  void thoughtsTextAndACall() throws Exception {
    ChatAnswer answer =
        Transcript.read(
                wire,
                "text/event-stream",
                START
                    + """
                    event: content_block_start
                    data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me see"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"Eq=="}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":0}

                    event: content_block_start
                    data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Okay."}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":1}

                    event: content_block_start
                    data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_01","name":"search","input":{}}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"q\\": \\"a"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"\\"}"}}

                    event: something_new
                    data: {"type":"something_new","index":2}

                    event: message_delta
                    data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89}}

                    event: message_stop
                    data: {"type":"message_stop"}

                    """)
            .whole();
    assertThat(answer)
        .isEqualTo(
            new ChatAnswer(
                "Okay.",
                List.of(new ToolCall("toolu_01", "search", "{\"q\": \"a\"}")),
                Stop.TOOLS,
                new Usage(1125, 1000, 100, 89, 0, true),
                "claude-sonnet-4-5-20250929"));
  }

  @Test
  void laterCountsTakeThePlaceOfEarlierOnes() throws Exception {
    assertThat(
            Transcript.read(
                    wire,
                    "text/event-stream",
                    START
                        + """
                        event: message_delta
                        data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"input_tokens":30,"cache_creation_input_tokens":0,"cache_read_input_tokens":1100,"output_tokens":7}}

                        """)
                .whole()
                .usage())
        .isEqualTo(new Usage(1130, 1100, 0, 7, 0, true));
  }

  @Test
  void anOverloadInTheMiddleKeepsWhatWasUsed() {
    Growing answer = Transcript.fresh();
    assertThatThrownBy(() ->
            Transcript.readInto(
                answer,
                wire,
                "text/event-stream",
                START
                    + """
                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"12345678"}}

                    event: error
                    data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

                    """))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(Kinds.of(e.complaint())).isEqualTo(Kind.SERVER));
    assertThat(answer.used()).isEqualTo(new Usage(1125, 1000, 100, 2, 0, false));
  }

  @Test
  void aModelThatTakesNoTemperatureIsToldNone() {
    assertThat(wire.question(Transcript.QUESTION).json()).contains("temperature");
    Complaint complaint =
        new Complaint(
            400,
            List.of("invalid_request_error"),
            "`temperature` is deprecated for this model.",
            "",
            new JsonValue.Nothing());
    assertThat(wire.learns(complaint)).isTrue();
    assertThat(wire.learns(complaint)).isFalse();
    assertThat(wire.question(Transcript.QUESTION).json()).doesNotContain("temperature");
  }
}
