package dev.sandpiper.edge.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Settings of bursts to AWS.
///
/// @param mode whether and when work goes there
/// @param plant what `scripts/deploy` has made there
/// @param bounds how much at once, how large, how long
/// @param credentials how this machine shows who it is
public record AwsBurstConfig(Mode mode, Plant plant, Bounds bounds, Credentials credentials) {

  /// When work goes to the cloud.
  public enum Mode {
    /// Never.
    OFF,
    /// When the local workers have no room for it.
    OVERFLOW,
    /// Whenever the cloud can be reached.
    FIRST
  }

  /// The cloud's half, as the stack's outputs name it.
  ///
  /// @param region for instance `eu-central-1`
  /// @param device this machine's name there
  /// @param inBucket bucket for documents
  /// @param outBucket bucket for results
  /// @param jobsQueue URL of the queue every device sends to
  /// @param resultsQueue URL of this device's queue of results
  /// @param function ARN of the function for direct invocation; empty: none
  /// @param endpoint base URL that stands for every AWS service; empty: AWS itself
  public record Plant(
      String region,
      String device,
      String inBucket,
      String outBucket,
      String jobsQueue,
      String resultsQueue,
      Optional<String> function,
      Optional<String> endpoint) {}

  /// Limits of a burst.
  ///
  /// @param concurrency most documents in the cloud at once
  /// @param directLimit largest document, in bytes, that travels inside an invocation
  /// @param deadline a task without a result for this long is given up
  /// @param idle the courier ends after this long without work
  public record Bounds(int concurrency, long directLimit, Duration deadline, Duration idle) {}

  /// How this machine shows AWS who it is. Keys are named by their files, never held.
  public sealed interface Credentials {

    /// What the SDK finds by itself: environment, profile, instance.
    record Default() implements Credentials {}

    /// A profile of the AWS configuration file.
    record Profile(String name) implements Credentials {}

    /// A certificate, exchanged by IAM Roles Anywhere.
    ///
    /// @param chain intermediate certificates, PEM; empty: none
    record RolesAnywhere(
        Path certificate,
        Path privateKey,
        Optional<Path> chain,
        String trustAnchor,
        String profileArn,
        String roleArn)
        implements Credentials {}

    /// A certificate, exchanged by AWS IoT's credential provider.
    ///
    /// @param endpoint host name of the account's credential endpoint
    record Iot(Path certificate, Path privateKey, String endpoint, String roleAlias, String thing)
        implements Credentials {}
  }

  /// Whether anything may go to the cloud.
  public boolean on() {
    return mode != Mode.OFF;
  }

  static AwsBurstConfig from(Values values) {
    return new AwsBurstConfig(
        Mode.valueOf(values.text(ConfigKey.BURST_AWS_MODE).toUpperCase(Locale.ROOT)),
        new Plant(
            values.text(ConfigKey.BURST_AWS_REGION),
            values.text(ConfigKey.BURST_AWS_DEVICE),
            values.text(ConfigKey.BURST_AWS_IN_BUCKET),
            values.text(ConfigKey.BURST_AWS_OUT_BUCKET),
            values.text(ConfigKey.BURST_AWS_JOBS_QUEUE),
            values.text(ConfigKey.BURST_AWS_RESULTS_QUEUE),
            optional(values, ConfigKey.BURST_AWS_FUNCTION),
            optional(values, ConfigKey.BURST_AWS_ENDPOINT)),
        new Bounds(
            values.integer(ConfigKey.BURST_AWS_CONCURRENCY),
            values.size(ConfigKey.BURST_AWS_DIRECT_LIMIT),
            values.duration(ConfigKey.BURST_AWS_DEADLINE),
            values.duration(ConfigKey.BURST_AWS_IDLE)),
        credentials(values));
  }

  private static Credentials credentials(Values values) {
    return switch (values.text(ConfigKey.BURST_AWS_CREDENTIALS)) {
      case "profile" -> new Credentials.Profile(values.text(ConfigKey.BURST_AWS_PROFILE));
      case "roles-anywhere" ->
          new Credentials.RolesAnywhere(
              values.path(ConfigKey.BURST_AWS_CERTIFICATE),
              values.path(ConfigKey.BURST_AWS_PRIVATE_KEY),
              optional(values, ConfigKey.BURST_AWS_CHAIN)
                  .map(_ -> values.path(ConfigKey.BURST_AWS_CHAIN)),
              values.text(ConfigKey.BURST_AWS_TRUST_ANCHOR),
              values.text(ConfigKey.BURST_AWS_PROFILE_ARN),
              values.text(ConfigKey.BURST_AWS_ROLE_ARN));
      case "iot" ->
          new Credentials.Iot(
              values.path(ConfigKey.BURST_AWS_CERTIFICATE),
              values.path(ConfigKey.BURST_AWS_PRIVATE_KEY),
              values.text(ConfigKey.BURST_AWS_IOT_ENDPOINT),
              values.text(ConfigKey.BURST_AWS_IOT_ROLE_ALIAS),
              values.text(ConfigKey.BURST_AWS_IOT_THING));
      default -> new Credentials.Default();
    };
  }

  private static Optional<String> optional(Values values, ConfigKey key) {
    String text = values.text(key);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
