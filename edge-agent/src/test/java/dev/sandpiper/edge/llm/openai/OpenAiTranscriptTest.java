package dev.sandpiper.edge.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.BrokenAnswerException;
import dev.sandpiper.edge.llm.wire.Complaint;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.Kinds;
import dev.sandpiper.edge.llm.wire.RefusedException;
import dev.sandpiper.edge.llm.wire.Transcript;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What providers send in OpenAI's format, each in its own accent.
class OpenAiTranscriptTest {

  private static final String STREAM = "text/event-stream";

  private final OpenAiWire wire =
      new OpenAiWire(Transcript.endpoint("https://example.org/v1"), "asked-model");

  private ChatAnswer read(String body) throws IOException {
    return Transcript.read(wire, STREAM, body).whole();
  }

  @Test
  void openAi() throws IOException {
    ChatAnswer answer =
        read(
            """
            data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null}

            data: {"id":"c1","model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}],"usage":null}

            data: {"id":"c1","model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}],"usage":null}

            data: {"id":"c1","model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

            data: {"id":"c1","model":"gpt-5-mini-2025-08-07","choices":[],"usage":{"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":192,"accepted_prediction_tokens":0}}}

            data: [DONE]

            """);
    assertThat(answer)
        .isEqualTo(
            new ChatAnswer(
                "Hello",
                List.of(),
                Stop.END,
                new Usage(2006, 1920, 0, 300, 192, true),
                "gpt-5-mini-2025-08-07"));
  }

  @Test
  void deepSeekThinksAloudAndCountsItsCache() throws IOException {
    ChatAnswer answer =
        read(
            """
            data: {"id":"d","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":"Hmm"}}]}

            : keep-alive

            data: {"id":"d","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":"Yes","reasoning_content":null},"finish_reason":null}]}

            data: {"id":"d","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":"","reasoning_content":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":36,"completion_tokens_details":{"reasoning_tokens":15}}}

            data: [DONE]
            """);
    assertThat(answer.text()).isEqualTo("Yes");
    assertThat(answer.usage()).isEqualTo(new Usage(100, 64, 0, 20, 15, true));
  }

  @Test
  void moonshotPutsUsageIntoTheChoice() throws IOException {
    assertThat(
            read("""
            data: {"model":"kimi-k2","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}

            data: {"model":"kimi-k2","choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":19,"completion_tokens":13,"total_tokens":32,"cached_tokens":12}}]}

            data: [DONE]

            """)
                .usage())
        .isEqualTo(new Usage(19, 12, 0, 13, 0, true));
  }

  @Test
  void groqPutsUsageAside() throws IOException {
    assertThat(
            read("""
            data: {"model":"llama","choices":[{"index":0,"delta":{"content":"Hi","reasoning":"so"},"finish_reason":null}],"x_groq":{"id":"req_1"}}

            data: {"model":"llama","choices":[{"index":0,"delta":{},"finish_reason":"length"}],"x_groq":{"id":"req_1","usage":{"queue_time":0.1,"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}}

            """)
                .usage())
        .isEqualTo(new Usage(9, 0, 0, 2, 0, true));
  }

  @Test
  void thoughtsThatAreCountedBesideTheAnswerAreAdded() throws IOException {
    assertThat(
            read("""
            data: {"model":"grok","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":112,"completion_tokens_details":{"reasoning_tokens":100}}}

            """)
                .usage())
        .isEqualTo(new Usage(10, 0, 0, 102, 100, true));
  }

  @Test
  void openRouterFailsInsideWithExactUsage() {
    Growing answer = Transcript.fresh();
    assertThatThrownBy(() ->
            Transcript.readInto(
                answer,
                wire,
                STREAM,
                """
                : OPENROUTER PROCESSING

                : OPENROUTER PROCESSING

                data: {"id":"gen-1","provider":"X","model":"a/b","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}

                data: {"id":"gen-1","provider":"X","model":"a/b","error":{"code":429,"message":"Provider returned error","metadata":{"provider_name":"X"}},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],"usage":{"prompt_tokens":7,"completion_tokens":1,"total_tokens":8}}

                """))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(Kinds.of(e.complaint())).isEqualTo(Kind.RATE_LIMITED));
    assertThat(answer.used()).isEqualTo(new Usage(7, 0, 0, 1, 0, true));
  }

  @Test
  void anAnswerWithoutUsageIsEstimated() throws IOException {
    assertThat(
            read("""
            data: {"choices":[{"index":0,"delta":{"content":"12345678"},"finish_reason":"stop"}]}

            data: [DONE]

            """)
                .usage())
        .isEqualTo(new Usage(14, 0, 0, 2, 0, false));
  }

  @Test
  void neitherDoneNorReasonIsNeededAlone() throws IOException {
    assertThat(
            read("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n").stop())
        .isEqualTo(Stop.END);
    assertThat(
            read("data:{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"eos\"}]}\r\n\r\n")
                .text())
        .isEqualTo("a");
    assertThatThrownBy(() -> read("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"))
        .isInstanceOf(BrokenAnswerException.class)
        .hasMessage("broke off before its end");
    assertThatThrownBy(() -> read("data: [DONE]\n\n")).isInstanceOf(BrokenAnswerException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "stop,END",
    "length,LENGTH",
    "max_tokens,LENGTH",
    "content_filter,REFUSED",
    "eos_token,END"
  })
  void reasonsOfAllSpellingsAreKnown(String reason, Stop stop) throws IOException {
    assertThat(
            read("data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\""
                    + reason
                    + "\"}]}\n\n")
                .stop())
        .isEqualTo(stop);
  }

  @Test
  void aProviderThatGivesUpSaysSo() {
    assertThatThrownBy(() ->
            read(
                "data:"
                    + " {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"insufficient_system_resource\"}]}\n\n"))
        .hasMessage("ended with the provider's own failure (insufficient_system_resource)");
  }

  @Test
  void callsAreToldByTheirIndex() throws IOException {
    ChatAnswer answer =
        read(
            """
            data: {"id":"c-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"search","arguments":""}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"open","arguments":"{\\"id\\""}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"q\\":1}"}},{"index":1,"function":{"arguments":":2}"}}]}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

            """);
    assertThat(answer.stop()).isEqualTo(Stop.TOOLS);
    assertThat(answer.calls())
        .containsExactly(
            new ToolCall("call_a", "search", "{\"q\":1}"),
            new ToolCall("call_b", "open", "{\"id\":2}"));
  }

  @Test
  void wholeCallsNeedNeitherIndexNorId() throws IOException {
    ChatAnswer answer =
        read(
            """
            data: {"id":"c-1","choices":[{"index":0,"delta":{"tool_calls":[{"function":{"name":"search","arguments":"{\\"q\\":1}"}},{"function":{"name":"search","arguments":{"q":2}}}]},"finish_reason":"stop"}]}

            """);
    assertThat(answer.stop()).isEqualTo(Stop.TOOLS);
    assertThat(answer.calls())
        .containsExactly(
            new ToolCall("call_c-1_1", "search", "{\"q\":1}"),
            new ToolCall("call_c-1_2", "search", "{\"q\":2}"));
  }

  @Test
  void callsThatAllHaveTheFirstIndexAreToldByTheirIds() throws IOException {
    assertThat(
            read("""
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"{}"}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"y","arguments":null}}]},"finish_reason":"tool_calls"}]}

            """)
                .calls())
        .containsExactly(new ToolCall("a", "x", "{}"), new ToolCall("b", "y", "{}"));
  }

  @Test
  void argumentsThatAreNoObjectAreTheModelsFailure() {
    assertThatThrownBy(() ->
            read(
                "data:"
                    + " {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"x\",\"arguments\":\"{oops\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n"))
        .hasMessage("gives a tool arguments that are no JSON");
  }

  @Test
  void aServerThatCannotStreamIsUnderstood() throws IOException {
    String whole =
        """
        {"id":"x","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"Hi"}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}
        """;
    ChatAnswer answer = Transcript.read(wire, "application/json; charset=utf-8", whole).whole();
    assertThat(answer.text()).isEqualTo("Hi");
    assertThat(answer.usage()).isEqualTo(new Usage(3, 0, 0, 1, 0, true));
  }

  @Test
  void aModelsRefusalIsRead() throws IOException {
    ChatAnswer answer =
        read(
            "data: {\"choices\":[{\"delta\":{\"refusal\":\"I"
                + " can't.\"},\"finish_reason\":\"stop\"}]}\n\n");
    assertThat(answer.stop()).isEqualTo(Stop.REFUSED);
    assertThat(answer.text()).isEqualTo("I can't.");
  }

  @Test
  void moderationIsNoBadKey() {
    Complaint complaint =
        wire.complaint(
            403,
            JsonValue.ours(
                "{\"error\":{\"code\":403,\"message\":\"flagged\",\"metadata\":{\"reasons\":[\"violence\"]}}}"));
    assertThat(Kinds.of(complaint)).isEqualTo(Kind.BAD_REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://api.openai.com/v1|gpt-4.1|max_completion_tokens|true",
        "https://api.openai.com/v1|gpt-5-mini|max_completion_tokens|false",
        "https://api.openai.com/v1|o4-mini|max_completion_tokens|false",
        "https://api.deepseek.com|deepseek-chat|max_tokens|true",
        "http://127.0.0.1:1234|qwen|max_tokens|true"
      })
  void anAccentIsKnownByHostAndModel(String base, String model, String limit, boolean temperature) {
    String json =
        new OpenAiWire(Transcript.endpoint(base), model).question(Transcript.QUESTION).json();
    assertThat(json).contains("\"" + limit + "\":100");
    assertThat(json.contains("\"temperature\"")).isEqualTo(temperature);
  }

  @Test
  void anAccentIsLearntFromComplaints() {
    Complaint limit =
        new Complaint(
            400,
            List.of("unsupported_parameter"),
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                + " 'max_completion_tokens' instead.",
            "max_tokens",
            new JsonValue.Nothing());
    Complaint temperature =
        new Complaint(
            400,
            List.of("unsupported_value"),
            "Unsupported value: 'temperature' does not support 0 with this model.",
            "temperature",
            new JsonValue.Nothing());
    Complaint stream =
        new Complaint(
            422,
            List.of(),
            "body.stream_options: Extra inputs are not permitted",
            "",
            new JsonValue.Nothing());
    assertThat(wire.learns(limit)).isTrue();
    assertThat(wire.learns(limit)).isFalse();
    assertThat(wire.learns(temperature)).isTrue();
    assertThat(wire.learns(stream)).isTrue();
    assertThat(wire.question(Transcript.QUESTION).json())
        .contains("\"max_completion_tokens\":100")
        .doesNotContain("temperature", "stream_options", "max_tokens\"");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1,https://api.openai.com/v1/chat/completions",
    "https://api.groq.com/openai/v1/,https://api.groq.com/openai/v1/chat/completions",
    "https://api.deepseek.com,https://api.deepseek.com/v1/chat/completions",
    "http://127.0.0.1:1234/,http://127.0.0.1:1234/v1/chat/completions"
  })
  void aServersRootIsEnough(String base, String door) {
    assertThat(OpenAiWire.door(Transcript.endpoint(base), "chat/completions")).hasToString(door);
  }
}
