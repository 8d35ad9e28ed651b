package dev.sandpiper.functions;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the deployment tells a function in its environment.
///
/// @param region region of everything below
/// @param buckets the deployment's buckets
/// @param resultsUrlPrefix URL of a device's result queue without the device's name; `null` for a
///   function that no queue calls
/// @param jobsUrl URL of the queue that batches come from; `null` for a function that no queue
///   calls
/// @param maxReceives how often a message is delivered before it counts as dead
public record CloudSettings(
    String region,
    OwnBuckets buckets,
    @Nullable String resultsUrlPrefix,
    @Nullable String jobsUrl,
    int maxReceives) {

  static final String REGION = "AWS_REGION";
  static final String IN_BUCKET = "SANDPIPER_IN_BUCKET";
  static final String OUT_BUCKET = "SANDPIPER_OUT_BUCKET";
  static final String RESULTS_URL_PREFIX = "SANDPIPER_RESULTS_URL_PREFIX";
  static final String JOBS_URL = "SANDPIPER_JOBS_URL";
  static final String MAX_RECEIVES = "SANDPIPER_MAX_RECEIVES";

  static final int DEFAULT_MAX_RECEIVES = 5;

  /// The settings; `null` where no bucket is named, as in the edge's own workers.
  ///
  /// @throws IllegalStateException when they are incomplete
  static @Nullable CloudSettings of(Map<String, String> environment) {
    if (value(environment, IN_BUCKET) == null) {
      return null;
    }
    return new CloudSettings(
        required(environment, REGION),
        new OwnBuckets(required(environment, IN_BUCKET), required(environment, OUT_BUCKET)),
        value(environment, RESULTS_URL_PREFIX),
        value(environment, JOBS_URL),
        maxReceives(value(environment, MAX_RECEIVES)));
  }

  private static int maxReceives(@Nullable String value) {
    if (value == null) {
      return DEFAULT_MAX_RECEIVES;
    }
    if (!value.matches("[1-9][0-9]{0,2}")) {
      throw new IllegalStateException(
          MAX_RECEIVES + " must be a whole number from 1 to 999, not \"" + value + "\".");
    }
    return Integer.parseInt(value);
  }

  private static @Nullable String value(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String required(Map<String, String> environment, String name) {
    String value = value(environment, name);
    if (value == null) {
      throw new IllegalStateException(
          name
              + " is not set, but "
              + IN_BUCKET
              + " is: a function with buckets needs both and its region. Deploy infra/template.yaml again.");
    }
    return value;
  }
}
