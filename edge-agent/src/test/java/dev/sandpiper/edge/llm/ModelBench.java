package dev.sandpiper.edge.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.model.Count;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply.Trouble;
import dev.sandpiper.edge.llm.ChatRequest.Sampling;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import dev.sandpiper.edge.llm.wire.ModelTimes;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A stand-in, a caller and an adapter between them.
public abstract class ModelBench {

  protected static final String MODEL = "model-1";
  protected static final String KEY = "key-0123456789-abcdef";
  protected static final Duration LONG = Duration.ofSeconds(30);
  protected static final Duration BRIEF = Duration.ofMillis(300);
  protected static final ModelTimes PATIENT = new ModelTimes(LONG, LONG, LONG, LONG);

  protected static final ToolSpec SEARCH =
      new ToolSpec(
          "search",
          "Searches the library.",
          "{\"type\":\"object\",\"properties\":{\"words\":{\"type\":\"string\"}},"
              + "\"required\":[\"words\"]}");

  private final Loop loop = new Loop();
  protected final HttpCaller http = new NettyCaller(loop, "Sandpiper/test");
  protected ModelFake fake = started();

  private static ModelFake started() {
    try {
      return ModelFake.start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The adapter under test.
  ///
  /// @param endpoint its base is where the fake speaks this format
  protected abstract ChatModel model(ModelEndpoint endpoint, String model);

  /// Where the fake speaks this format.
  protected URI base() {
    return fake.root();
  }

  /// A time that runs out in a test.
  protected Duration brief() {
    return BRIEF;
  }

  protected String briefly() {
    return brief().toSeconds() > 0 ? brief().toSeconds() + " s" : brief().toMillis() + " ms";
  }

  /// Whether the API takes a key.
  protected boolean hasKeys() {
    return true;
  }

  /// Whether the API reports tokens of the cache.
  protected boolean reportsCache() {
    return true;
  }

  /// Whether the API reports tokens written into the cache.
  protected boolean reportsWrites() {
    return false;
  }

  /// Whether the API reports thoughts apart from the answer.
  protected boolean reportsReasoning() {
    return true;
  }

  /// Whether the API knows refusals of a model.
  protected boolean refuses() {
    return true;
  }

  /// Troubles that the API knows.
  protected boolean knows(Trouble trouble) {
    return hasKeys() || (trouble != Trouble.BAD_KEY && trouble != Trouble.NO_CREDIT);
  }

  @BeforeEach
  void nobodyHasGone() {
    assertThat(fake.cancelled()).isZero();
  }

  @AfterEach
  void stop() throws Exception {
    fake.close();
    loop.close();
  }

  protected ModelEndpoint endpoint(URI base, ModelTimes times) {
    return new ModelEndpoint(
        http, base, new Secret(KEY), times, () -> Instant.parse("2026-12-01T00:00:00Z"));
  }

  protected ChatModel patient() {
    return model(endpoint(base(), PATIENT), MODEL);
  }

  protected static ChatRequest question(String text) {
    return ChatRequest.of("Be brief.", text, new Sampling(500, 0.5));
  }

  protected ModelException failure(ChatModel model) {
    ModelException e =
        catchThrowableOfType(
            ModelException.class, () -> model.ask(question("a b c"), ChatListener.NONE));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).doesNotContain(KEY).doesNotContain("0123456789").contains(MODEL);
    return e;
  }

  protected void usageIsTheFakes(Usage usage) {
    Count count = fake.calls().getLast().count();
    assertThat(usage)
        .isEqualTo(
            new Usage(
                count.input(),
                reportsCache() ? count.cached() : 0,
                reportsWrites() ? count.written() : 0,
                count.output(),
                reportsReasoning() ? count.reasoning() : 0,
                true));
  }

  protected static void usedSomething(Usage usage) {
    assertThat(usage.complete()).isFalse();
    assertThat(usage.input()).isPositive();
  }

  protected static void await(java.util.function.BooleanSupplier holds)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
      Thread.sleep(5);
    }
  }
}
