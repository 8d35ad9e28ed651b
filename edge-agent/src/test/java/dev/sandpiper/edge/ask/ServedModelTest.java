package dev.sandpiper.edge.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.model.Asked;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.openai.OpenAiModels;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import dev.sandpiper.edge.llm.wire.ModelTimes;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import dev.sandpiper.edge.talk.Messages;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The librarian with a model that is reached over HTTP: what it sends is what an API accepts,
/// tools and their results included.
@Timeout(120)
class ServedModelTest extends Desk {

  private record Served(ChatModel model) implements Models {
    @Override
    public boolean any() {
      return true;
    }

    @Override
    public ChatAnswer ask(Purpose purpose, ChatRequest request, ChatListener listener)
        throws ModelException, InterruptedException {
      return model.ask(request, listener);
    }

    @Override
    public Optional<EmbeddingModel> findEmbedding() {
      return Optional.empty();
    }

    @Override
    public List<ModelInfo> list() {
      return List.of(new ModelInfo("main", "fake", "model-1", 16_000, "ready"));
    }
  }

  @Test
  void toolsAreUsedAndTheAnswerStreams() throws Exception {
    household();
    try (Loop loop = new Loop();
        ModelFake fake = ModelFake.start().script(asked -> Optional.of(reply(asked)))) {
      Duration patient = Duration.ofSeconds(20);
      ModelEndpoint endpoint =
          new ModelEndpoint(
              new NettyCaller(loop, "Sandpiper/test"),
              fake.openai(),
              new Secret("key-0123456789"),
              new ModelTimes(patient, patient, patient, patient),
              () -> NOW);
      Librarian librarian =
          new Librarian(
              new Parts(
                  database,
                  queue.view(),
                  new Served(OpenAiModels.chat(endpoint, "model-1")),
                  ModelChoice.NONE,
                  new Prompts(home.resolve("prompts")),
                  new Messages(),
                  History.NONE,
                  acting,
                  CONFIG,
                  () -> NOW,
                  ZoneOffset.UTC,
                  new Random(3)));
      assertThat(ask(librarian, ADA, "How long is the warranty of the boiler?"))
          .isEqualTo(
              "The outlet hose is kinked or blocked [1].\n\n1 · dishwasher-manual.pdf, p. 2");
      assertThat(shown).isNotEmpty();
      assertThat(fake.problems()).isEmpty();
      assertThat(fake.asked()).hasSize(2);
    }
  }

  private static Reply reply(Asked asked) {
    if (!asked.last().role().equals("tool")) {
      return Reply.calls("search_library", "{\"query\":\"dishwasher E24\"}");
    }
    Matcher passage =
        Pattern.compile("passage (\\d+)>>>(?:(?!>>>)[\\s\\S])*?E24").matcher(asked.last().text());
    assertThat(passage.find()).isTrue();
    return Reply.says("The outlet hose is kinked or blocked [" + passage.group(1) + "].");
  }
}
