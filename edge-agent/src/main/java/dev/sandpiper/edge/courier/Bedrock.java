package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import dev.sandpiper.edge.courier.protocol.BedrockWord;
import dev.sandpiper.edge.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;

/// Asks Bedrock's models, several at once. Who waits for an answer keeps the times, and cancels.
final class Bedrock {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final BedrockRuntimeAsyncClient client;
  private final BedrockVoice voice;
  private final Map<String, CompletableFuture<Void>> open = new ConcurrentHashMap<>();

  private Bedrock(BedrockRuntimeAsyncClient client, BedrockVoice voice) {
    this.client = client;
    this.voice = voice;
  }

  static Bedrock open(AwsBurstConfig config, InstantSource clock, BedrockVoice voice) {
    Plant plant = config.plant();
    BedrockRuntimeAsyncClientBuilder builder =
        BedrockRuntimeAsyncClient.builder()
            .region(Region.of(plant.region()))
            .credentialsProvider(Identity.of(config, clock))
            .httpClient(new StreamingHttp(CONNECT))
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .build());
    plant.endpoint().ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint)));
    return new Bedrock(builder.build(), voice);
  }

  /// Does what a line says.
  void obey(byte[] line) throws IOException {
    JsonValue order = JsonValue.read(new String(line, StandardCharsets.UTF_8));
    String cancelled = order.text(BedrockWord.CANCEL, "");
    CompletableFuture<Void> call = open.remove(cancelled);
    if (call != null) {
      call.cancel(true);
    }
    String id = order.text(BedrockWord.ASK, "");
    if (!id.isEmpty()) {
      // Credentials are asked for within the call, which may take its time.
      Thread.ofVirtual().name("bedrock-question").start(() -> ask(id, order));
    }
  }

  private void ask(String id, JsonValue order) {
    BedrockAnswer answer = new BedrockAnswer(id, voice);
    CompletableFuture<Void> place = new CompletableFuture<>();
    open.put(id, place);
    try {
      CompletableFuture<Void> call =
          client.converseStream(
              BedrockQuestion.of(order.text(BedrockWord.MODEL, ""), order.at(BedrockWord.QUESTION)),
              answer.handler());
      if (!open.replace(id, place, call)) {
        call.cancel(true); // cancelled before it began
        return;
      }
      CompletableFuture<Void> _ =
          call.whenComplete((_, e) -> {
            if (open.remove(id) != null) {
              answer.end(e);
            }
          });
    } catch (RuntimeException e) {
      open.remove(id);
      answer.end(e);
    }
  }
}
