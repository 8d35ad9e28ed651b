package dev.sandpiper.edge.config;

import dev.sandpiper.contract.ObjectKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What must fit together among the keys of `burst.aws`, once bursts are switched on.
final class AwsBurstCheck {

  private static final Map<String, List<ConfigKey>> NEEDED_BY_CREDENTIALS =
      Map.of(
          "profile",
          List.of(ConfigKey.BURST_AWS_PROFILE),
          "roles-anywhere",
          List.of(
              ConfigKey.BURST_AWS_CERTIFICATE,
              ConfigKey.BURST_AWS_PRIVATE_KEY,
              ConfigKey.BURST_AWS_TRUST_ANCHOR,
              ConfigKey.BURST_AWS_PROFILE_ARN,
              ConfigKey.BURST_AWS_ROLE_ARN),
          "iot",
          List.of(
              ConfigKey.BURST_AWS_CERTIFICATE,
              ConfigKey.BURST_AWS_PRIVATE_KEY,
              ConfigKey.BURST_AWS_IOT_ENDPOINT,
              ConfigKey.BURST_AWS_IOT_ROLE_ALIAS,
              ConfigKey.BURST_AWS_IOT_THING));

  private static final List<ConfigKey> PLANT =
      List.of(
          ConfigKey.BURST_AWS_REGION,
          ConfigKey.BURST_AWS_IN_BUCKET,
          ConfigKey.BURST_AWS_OUT_BUCKET,
          ConfigKey.BURST_AWS_JOBS_QUEUE,
          ConfigKey.BURST_AWS_RESULTS_QUEUE);

  private AwsBurstCheck() {}

  /// Every key that is wrong, with what is wrong about it; empty when bursts are off.
  static Map<ConfigKey, String> problems(Values values) {
    Map<ConfigKey, String> problems = new TreeMap<>();
    if (values.text(ConfigKey.BURST_AWS_MODE).equals("off")) {
      return problems;
    }
    for (ConfigKey key : PLANT) {
      require(
          values,
          key,
          problems,
          "is needed when burst.aws.mode is not off; scripts/deploy writes it");
    }
    String credentials = values.text(ConfigKey.BURST_AWS_CREDENTIALS);
    for (ConfigKey key : NEEDED_BY_CREDENTIALS.getOrDefault(credentials, List.of())) {
      require(
          values, key, problems, "is needed when burst.aws.credentials is \"" + credentials + "\"");
    }
    String device = values.text(ConfigKey.BURST_AWS_DEVICE);
    if (!device.matches(ObjectKeys.DEVICE_PATTERN)) {
      problems.put(
          ConfigKey.BURST_AWS_DEVICE,
          "must be up to 32 lower-case letters, digits and hyphens, a letter first");
    }
    urls(values, problems);
    return problems;
  }

  private static void urls(Values values, Map<ConfigKey, String> problems) {
    List<ConfigKey> urls =
        List.of(
            ConfigKey.BURST_AWS_JOBS_QUEUE,
            ConfigKey.BURST_AWS_RESULTS_QUEUE,
            ConfigKey.BURST_AWS_ENDPOINT);
    urls.stream()
        .filter(key -> !values.text(key).isEmpty())
        .filter(Predicate.not(key -> BaseUrl.isSafe(values.text(key))))
        .forEach(key -> problems.put(key, BaseUrl.RULE));
  }

  private static void require(
      Values values, ConfigKey key, Map<ConfigKey, String> problems, String why) {
    if (values.text(key).isEmpty()) {
      problems.put(key, why);
    }
  }
}
