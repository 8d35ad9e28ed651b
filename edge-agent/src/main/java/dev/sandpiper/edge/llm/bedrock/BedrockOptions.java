package dev.sandpiper.edge.llm.bedrock;

import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.AwsBurstConfig.Bounds;
import dev.sandpiper.edge.config.AwsBurstConfig.Credentials;
import dev.sandpiper.edge.config.AwsBurstConfig.Mode;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How Bedrock is asked.
///
/// @param command command line of a JVM with `courier.BedrockMain`; it holds no setting and no
///   secret
/// @param folder the process's folder, private to this user; made when it is not there
/// @param place where Bedrock is
/// @param credentials how this machine shows who it is
/// @param idle the process ends after this long without a question
public record BedrockOptions(
    List<String> command, Path folder, Place place, Credentials credentials, Duration idle) {

  /// How long it is usually kept.
  public static final Duration IDLE = Duration.ofMinutes(2);

  public BedrockOptions {
    command = List.copyOf(command);
  }

  /// Where Bedrock is.
  ///
  /// @param region for instance `eu-central-1`
  /// @param endpoint another address of the region's `bedrock-runtime`; empty: AWS's own
  public record Place(String region, Optional<String> endpoint) {

    /// Its host, for messages.
    String host() {
      return endpoint
          .map(address -> address.replaceFirst("^https?://", "").replaceFirst("/.*", ""))
          .orElse("bedrock-runtime." + region + ".amazonaws.com");
    }
  }

  /// The same as the process is told, which knows settings of bursts; it reads no others of them.
  AwsBurstConfig told() {
    return new AwsBurstConfig(
        Mode.OFF,
        new Plant(place.region(), "", "", "", "", "", Optional.empty(), place.endpoint()),
        new Bounds(1, 0, idle, idle),
        credentials);
  }
}
