package dev.sandpiper.edge.llm.bedrock;

import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.wire.Failures;
import dev.sandpiper.edge.llm.wire.ModelTimes;
import dev.sandpiper.edge.llm.wire.WatchedModel;
import java.time.InstantSource;

/// Makes Bedrock's models, which share one process. Close them with the agent.
public final class BedrockModels implements AutoCloseable {

  private final BedrockOptions options;
  private final InstantSource clock;
  private final BedrockProcess process;

  /// Starts nothing yet.
  public BedrockModels(BedrockOptions options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
    process = new BedrockProcess(options);
  }

  /// A model that answers.
  ///
  /// @param model id of a model or an inference profile, such as
  ///   `eu.anthropic.claude-sonnet-4-5-20250929-v1:0`
  public ChatModel chat(String model, ModelTimes times) {
    return new WatchedModel(
        times,
        new Failures(options.place().host(), model, null),
        new BedrockTalk(process, model, clock));
  }

  /// Whether the process runs.
  public boolean running() {
    return process.running();
  }

  @Override
  public void close() {
    process.close();
  }
}
