package dev.sandpiper.edge.llm.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.config.AwsBurstConfig.Credentials;
import dev.sandpiper.edge.fake.model.Reply.Trouble;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatModelContract;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import dev.sandpiper.edge.llm.wire.ModelTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bedrock through its process, as it runs in the distribution. AWS's own client is the independent
/// one here: what it understands, the stand-in speaks well.
class BedrockChatIT extends ChatModelContract {

  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir private Path folder;
  private final List<BedrockModels> made = new ArrayList<>();

  @AfterEach
  void end() {
    made.forEach(BedrockModels::close);
  }

  static List<String> command(String... properties) {
    Path dist = Path.of(System.getProperty("sandpiper.dist", "target/sandpiper"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("@" + dist.resolve("courier.jvm.options").toAbsolutePath());
    command.addAll(List.of(properties));
    command.add("-cp");
    command.add(
        System.getProperty(
            "bedrock.cp",
            dist.resolve("courier").toAbsolutePath()
                + "/*:"
                + dist.resolve("lib").toAbsolutePath()
                + "/*"));
    command.add("dev.sandpiper.edge.courier.BedrockMain");
    return command;
  }

  private BedrockModels models(String endpoint, Duration idle, String... properties) {
    BedrockModels models =
        new BedrockModels(
            new BedrockOptions(
                command(properties),
                folder.resolve("bedrock"),
                new BedrockOptions.Place("eu-central-1", Optional.of(endpoint)),
                new Credentials.Default(),
                idle),
            () -> Instant.parse("2026-12-01T00:00:00Z"));
    made.add(models);
    return models;
  }

  @Override
  protected ChatModel model(ModelEndpoint endpoint, String model) {
    return models(
            endpoint.base().toString(),
            LONG,
            "-Daws.accessKeyId=AKIDEXAMPLE",
            "-Daws.secretAccessKey=example")
        .chat(model, endpoint.times());
  }

  /// The process must have started by then.
  @Override
  protected Duration brief() {
    return Duration.ofSeconds(6);
  }

  @Override
  protected boolean hasKeys() {
    return false;
  }

  @Override
  protected boolean reportsWrites() {
    return true;
  }

  @Override
  protected boolean reportsReasoning() {
    return false;
  }

  @Override
  protected boolean knows(Trouble trouble) {
    return trouble != Trouble.NO_CREDIT;
  }

  private static ChatRequest question() {
    return ChatRequest.of("", "Hello.", ChatRequest.Sampling.steady(50));
  }

  @Test
  void theProcessEndsWhenNobodyAsksAndComesAgain() throws Exception {
    BedrockModels models =
        models(
            base().toString(),
            Duration.ofMillis(200),
            "-Daws.accessKeyId=AKIDEXAMPLE",
            "-Daws.secretAccessKey=example");
    ChatModel model = models.chat(MODEL, new ModelTimes(LONG, LONG, LONG, LONG));
    assertThat(models.running()).isFalse();

    for (int i = 0; i < 2; i++) {
      assertThat(model.ask(question(), ChatListener.NONE).text()).isEqualTo("You said: Hello.");
      await(() -> !models.running());
    }
  }

  @Test
  void aMachineWithoutCredentialsIsToldSo() {
    ChatModel model =
        models(
                base().toString(),
                LONG,
                "-Daws.profile=none",
                "-Daws.disableEc2Metadata=true",
                "-Daws.configFile=/dev/null",
                "-Daws.sharedCredentialsFile=/dev/null")
            .chat(MODEL, new ModelTimes(LONG, LONG, LONG, LONG));

    ModelException e =
        catchThrowableOfType(ModelException.class, () -> model.ask(question(), ChatListener.NONE));

    assertThat(e.kind()).isEqualTo(ModelException.Kind.UNAUTHORIZED);
    assertThat(e)
        .hasMessageContaining("does not let this machine use model-1")
        .hasMessageContaining("Check the credentials of this provider and what they may use.");
  }
}
