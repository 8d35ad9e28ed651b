package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.edge.config.AwsBurstConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How the courier is run.
///
/// @param config where the cloud is and how much it may be given
/// @param command the courier's command line, which holds no setting and no secret
/// @param folder its folder, private to this user, on the file system of the documents
/// @param startTimeout longest time it may take to be ready
/// @param patience how much longer than the deadline a task's answer is waited for
public record AwsOptions(
    AwsBurstConfig config,
    List<String> command,
    Path folder,
    Duration startTimeout,
    Duration patience) {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public AwsOptions {
    command = List.copyOf(command);
  }

  /// With the usual time-outs.
  public AwsOptions(AwsBurstConfig config, List<String> command, Path folder) {
    this(config, command, folder, START_TIMEOUT, PATIENCE);
  }

  /// When a task's answer has been waited for long enough.
  Duration longestTask() {
    return config.bounds().deadline().plus(patience);
  }
}
