package dev.sandpiper.edge.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.llm.EmbeddingModel.Embedded;
import dev.sandpiper.edge.llm.gemini.GeminiModels;
import dev.sandpiper.edge.llm.ollama.OllamaModels;
import dev.sandpiper.edge.llm.ollama.OllamaOptions;
import dev.sandpiper.edge.llm.openai.OpenAiModels;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import dev.sandpiper.edge.llm.wire.ModelTimes;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class EmbeddingModelTest {

  private final Loop loop = new Loop();
  private final ModelFake fake;

  EmbeddingModelTest() throws IOException {
    fake = ModelFake.start();
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
    loop.close();
  }

  enum Api {
    OPENAI,
    GEMINI,
    OLLAMA
  }

  private EmbeddingModel model(Api api) {
    URI base = api == Api.OPENAI ? fake.openai() : fake.root();
    ModelEndpoint endpoint =
        new ModelEndpoint(
            new NettyCaller(loop, "Sandpiper/test"),
            base,
            new Secret("key-1"),
            ModelTimes.USUAL,
            () -> Instant.parse("2026-12-01T00:00:00Z"));
    return switch (api) {
      case OPENAI -> OpenAiModels.embedding(endpoint, "embedder");
      case GEMINI -> GeminiModels.embedding(endpoint, "embedder");
      case OLLAMA -> OllamaModels.embedding(endpoint, "embedder", OllamaOptions.SERVERS);
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyTextHasItsVectorOfLengthOne(Api api) throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add("text number " + i);
    }
    texts.set(7, "one two three");
    texts.set(39, "one two four");

    Embedded embedded = model(api).embed(texts);

    assertThat(embedded.vectors()).hasSize(40);
    for (float[] vector : embedded.vectors()) {
      assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    }
    double near = dot(embedded.vectors().get(7), embedded.vectors().get(39));
    double far = dot(embedded.vectors().get(7), embedded.vectors().get(20));
    assertThat(near).isGreaterThan(far);
    assertThat(fake.embedded()).isEqualTo(40);
    assertThat(fake.requests()).isEqualTo(3);
    // Gemini does not say what it counted.
    assertThat(embedded.usage().complete()).isEqualTo(api != Api.GEMINI);
    if (api != Api.GEMINI) {
      assertThat(embedded.usage().input()).isEqualTo(120);
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void nothingNeedsNoCall(Api api) throws Exception {
    assertThat(model(api).embed(List.of()).vectors()).isEmpty();
    assertThat(fake.requests()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aFakeThatIsGoneIsUnreachable(Api api) throws Exception {
    EmbeddingModel model = model(api);
    fake.close();

    ModelException e = catchThrowableOfType(ModelException.class, () -> model.embed(List.of("a")));

    assertThat(e.kind()).isEqualTo(ModelException.Kind.UNREACHABLE);
  }
}
