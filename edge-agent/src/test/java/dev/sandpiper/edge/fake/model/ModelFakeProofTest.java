package dev.sandpiper.edge.fake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The stand-in for the models' APIs speaks them well: other people's clients understand it.
@Timeout(120)
class ModelFakeProofTest {

  private static final String MODEL = "model-1";
  private static final String KEY = "key-1";

  private static final ToolSpecification SEARCH =
      ToolSpecification.builder()
          .name("search")
          .description("Searches the library.")
          .parameters(
              JsonObjectSchema.builder().addStringProperty("words").required("words").build())
          .build();

  private final ModelFake fake;

  ModelFakeProofTest() throws IOException {
    fake = ModelFake.start();
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  enum Client {
    OPENAI,
    ANTHROPIC,
    GEMINI,
    OLLAMA
  }

  private ChatModel whole(Client client) {
    String root = fake.root().toString();
    return switch (client) {
      case OPENAI ->
          OpenAiChatModel.builder()
              .baseUrl(fake.openai().toString())
              .apiKey(KEY)
              .modelName(MODEL)
              .maxTokens(50)
              .maxRetries(0)
              .build();
      case ANTHROPIC ->
          AnthropicChatModel.builder()
              .baseUrl(root + "/v1")
              .apiKey(KEY)
              .modelName(MODEL)
              .maxTokens(50)
              .maxRetries(0)
              .build();
      case GEMINI ->
          GoogleAiGeminiChatModel.builder()
              .baseUrl(root + "/v1beta")
              .apiKey(KEY)
              .modelName(MODEL)
              .maxOutputTokens(50)
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaChatModel.builder()
              .baseUrl(root)
              .modelName(MODEL)
              .numPredict(50)
              .maxRetries(0)
              .build();
    };
  }

  private StreamingChatModel streaming(Client client) {
    String root = fake.root().toString();
    return switch (client) {
      case OPENAI ->
          OpenAiStreamingChatModel.builder()
              .baseUrl(fake.openai().toString())
              .apiKey(KEY)
              .modelName(MODEL)
              .maxTokens(50)
              .build();
      case ANTHROPIC ->
          AnthropicStreamingChatModel.builder()
              .baseUrl(root + "/v1")
              .apiKey(KEY)
              .modelName(MODEL)
              .maxTokens(50)
              .build();
      case GEMINI ->
          GoogleAiGeminiStreamingChatModel.builder()
              .baseUrl(root + "/v1beta")
              .apiKey(KEY)
              .modelName(MODEL)
              .maxOutputTokens(50)
              .build();
      case OLLAMA ->
          OllamaStreamingChatModel.builder().baseUrl(root).modelName(MODEL).numPredict(50).build();
    };
  }

  private EmbeddingModel embedding(Client client) {
    String root = fake.root().toString();
    return switch (client) {
      case OPENAI ->
          OpenAiEmbeddingModel.builder()
              .baseUrl(fake.openai().toString())
              .apiKey(KEY)
              .modelName(MODEL)
              .maxRetries(0)
              .build();
      case GEMINI ->
          GoogleAiEmbeddingModel.builder()
              .baseUrl(root + "/v1beta")
              .apiKey(KEY)
              .modelName(MODEL)
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaEmbeddingModel.builder().baseUrl(root).modelName(MODEL).maxRetries(0).build();
      case ANTHROPIC -> throw new IllegalArgumentException("Anthropic makes no vectors");
    };
  }

  /// Both ways of asking, which must come to the same.
  private interface Way {
    ChatResponse ask(ChatRequest request) throws Exception;
  }

  private List<Way> ways(Client client, List<String> heard) {
    return List.of(
        request -> whole(client).chat(request), request -> stream(client, request, heard));
  }

  private ChatResponse stream(Client client, ChatRequest request, List<String> heard)
      throws Exception {
    CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    streaming(client)
        .chat(
            request,
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String more) {
                heard.add(more);
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
              }

              @Override
              public void onError(Throwable e) {
                end.completeExceptionally(e);
              }
            });
    return end.get(90, TimeUnit.SECONDS);
  }

  private static ChatRequest request(ChatMessage... messages) {
    return ChatRequest.builder().messages(messages).toolSpecifications(SEARCH).build();
  }

  private void countsAgree(ChatResponse response) {
    Count count = fake.calls().getLast().count();
    TokenUsage usage = response.tokenUsage();
    long apart =
        switch (usage) {
          case AnthropicTokenUsage anthropic -> {
            assertThat(anthropic.cacheReadInputTokens()).isEqualTo((int) count.cached());
            assertThat(anthropic.cacheCreationInputTokens()).isEqualTo((int) count.written());
            yield count.cached() + count.written();
          }
          case OpenAiTokenUsage openai -> {
            assertThat(openai.inputTokensDetails().cachedTokens()).isEqualTo((int) count.cached());
            assertThat(openai.outputTokensDetails().reasoningTokens())
                .isEqualTo((int) count.reasoning());
            yield 0;
          }
          case GoogleAiGeminiTokenUsage _ -> 0;
          default -> 0;
        };
    assertThat((long) usage.inputTokenCount()).isEqualTo(count.input() - apart);
    if (usage instanceof GoogleAiGeminiTokenUsage gemini) {
      long thoughts = gemini.thoughtsTokenCount() == null ? 0 : gemini.thoughtsTokenCount();
      assertThat(thoughts).isEqualTo(count.reasoning());
      assertThat((long) gemini.totalTokenCount()).isEqualTo(count.input() + count.output());
      assertThat(usage.outputTokenCount() + thoughts).isEqualTo(count.output());
    } else {
      assertThat((long) usage.outputTokenCount()).isEqualTo(count.output());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aQuestionIsAnsweredAndCounted(Client client) throws Exception {
    List<String> heard = new ArrayList<>();
    for (Way way : ways(client, heard)) {
      ChatResponse answer =
          way.ask(request(SystemMessage.from("Be brief."), UserMessage.from("How are you, ü?")));

      assertThat(answer.aiMessage().text()).isEqualTo("You said: How are you, ü?");
      assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
      assertThat(fake.asked().getLast().system()).isEqualTo("Be brief.");
      assertThat(fake.asked().getLast().tools()).containsExactly("search");
      assertThat(fake.asked().getLast().maxTokens()).isEqualTo(50);
      countsAgree(answer);
    }
    assertThat(fake.asked()).extracting(Asked::streamed).containsExactly(false, true);
    assertThat(String.join("", heard)).isEqualTo("You said: How are you, ü?");
    assertThat(heard).hasSizeGreaterThan(3);
    assertThat(fake.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aToolIsCalledAndItsResultTaken(Client client) throws Exception {
    for (Way way : ways(client, new ArrayList<>())) {
      fake.next(Reply.calls("search", "{\"words\":\"tax \\\"2025\\\"\"}"));
      UserMessage question = UserMessage.from("Find my tax.");

      ChatResponse wish = way.ask(request(question));

      ToolExecutionRequest call = wish.aiMessage().toolExecutionRequests().getFirst();
      assertThat(call.name()).isEqualTo("search");
      assertThat(call.arguments().replaceAll("\\s", ""))
          .isEqualTo("{\"words\":\"tax\\\"2025\\\"\"}");
      countsAgree(wish);

      ChatResponse answer =
          way.ask(
              request(
                  question, AiMessage.from(call), ToolExecutionResultMessage.from(call, "page 3")));

      assertThat(answer.aiMessage().text()).contains("page 3");
      countsAgree(answer);
    }
    assertThat(fake.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCachedThoughtAndCutIsCounted(Client client) throws Exception {
    String words = "word ".repeat(60).strip();
    for (Way way : ways(client, new ArrayList<>())) {
      fake.next(Reply.says(words).cached(2, client == Client.ANTHROPIC ? 1 : 0).thinking("a b c"));

      ChatResponse answer = way.ask(request(UserMessage.from("a question of some seven words")));

      // This client puts Gemini's thoughts before the text.
      assertThat(answer.aiMessage().text()).endsWith("word ".repeat(50));
      assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
      countsAgree(answer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusalsAreUnderstood(Client client) {
    fake.next(Reply.fails(Reply.Trouble.RATE_LIMIT));
    ChatModel model = whole(client);
    assertThatThrownBy(() -> model.chat("a")).isInstanceOf(RateLimitException.class);
    fake.next(Reply.fails(Reply.Trouble.SERVER));
    assertThatThrownBy(() -> model.chat("a")).isInstanceOf(InternalServerException.class);
    fake.next(Reply.fails(Reply.Trouble.UNKNOWN_MODEL));
    assertThatThrownBy(() -> model.chat("a")).isInstanceOf(ModelNotFoundException.class);
    if (client == Client.OPENAI || client == Client.ANTHROPIC) {
      fake.next(Reply.fails(Reply.Trouble.BAD_KEY));
      assertThatThrownBy(() -> model.chat("a")).isInstanceOf(AuthenticationException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
  void vectorsAreMade(Client client) {
    List<TextSegment> texts = List.of(TextSegment.from("tax return"), TextSegment.from("a cat"));

    var vectors = embedding(client).embedAll(texts).content();

    assertThat(vectors).hasSize(2);
    assertThat(vectors.getFirst().vector()).containsExactly(Vectors.of("tax return"));
    assertThat(vectors.getLast().vector()).containsExactly(Vectors.of("a cat"));
    assertThat(fake.embedded()).isEqualTo(2);
  }
}
