package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudSettingsTest {

  private static final Map<String, String> ALL =
      Map.of(
          "AWS_REGION", "eu-central-1",
          "SANDPIPER_IN_BUCKET", "in",
          "SANDPIPER_OUT_BUCKET", "out",
          "SANDPIPER_RESULTS_URL_PREFIX", "https://q/results-",
          "SANDPIPER_JOBS_URL", "https://q/jobs",
          "SANDPIPER_MAX_RECEIVES", "7");

  @TempDir private Path folder;

  @Test
  void everythingIsReadFromTheEnvironment() {
    assertThat(CloudSettings.of(ALL))
        .isEqualTo(
            new CloudSettings(
                "eu-central-1",
                new OwnBuckets("in", "out"),
                "https://q/results-",
                "https://q/jobs",
                7));
  }

  @Test
  void functionWithoutQueuesNeedsNone() {
    Map<String, String> few = new HashMap<>(ALL);
    few.keySet().removeIf(name -> name.contains("URL") || name.contains("MAX"));

    assertThat(CloudSettings.of(few))
        .isEqualTo(new CloudSettings("eu-central-1", new OwnBuckets("in", "out"), null, null, 5));
  }

  @Test
  void withoutBucketsThereIsNoCloud() {
    assertThat(CloudSettings.of(Map.of("AWS_REGION", "eu-central-1"))).isNull();
    assertThat(CloudSettings.of(with("SANDPIPER_IN_BUCKET", " "))).isNull();
  }

  @Test
  void halfADeploymentIsRefused() {
    assertThatThrownBy(() -> CloudSettings.of(with("SANDPIPER_OUT_BUCKET", "")))
        .hasMessage(
            "SANDPIPER_OUT_BUCKET is not set, but SANDPIPER_IN_BUCKET is: a function with buckets needs both and its region. Deploy infra/template.yaml again.");
    assertThatThrownBy(() -> CloudSettings.of(with("AWS_REGION", "")))
        .hasMessageStartingWith("AWS_REGION is not set");
    assertThatThrownBy(() -> CloudSettings.of(with("SANDPIPER_MAX_RECEIVES", "0")))
        .hasMessage("SANDPIPER_MAX_RECEIVES must be a whole number from 1 to 999, not \"0\".");
  }

  @Test
  void batchHandlerWithoutCloudSaysSoAtOnce() {
    assertThatThrownBy(() -> new ParseBatchHandler(FunctionWiring.host(Map.of(), folder)))
        .hasMessage(
            "This function takes messages from a queue, and its environment names none: SANDPIPER_IN_BUCKET is not set. Deploy infra/template.yaml again.");
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> changed = new HashMap<>(ALL);
    changed.put(name, value);
    return changed;
  }
}
