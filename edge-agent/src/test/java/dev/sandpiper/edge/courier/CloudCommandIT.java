package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// The built command against a whole plant: what a person types in the first hour, and after a home
/// was lost.
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class CloudCommandIT {

  @TempDir Path folder;
  private DoublePlant plant;
  private Path home;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void start() throws Exception {
    plant = DoublePlant.start(7);
    home = folder.resolve("home");
    Plants.Place place = plant.place();
    Files.writeString(
        folder.resolve("sandpiper.toml"),
        """
        [burst.aws]
        mode = "first"
        region = "%s"
        device = "%s"
        in_bucket = "%s"
        out_bucket = "%s"
        jobs_queue = "%s"
        results_queue = "%s"
        function = "%s"
        endpoint = "%s"
        """
            .formatted(
                Plants.REGION,
                Plants.DEVICE,
                Plants.IN,
                Plants.OUT,
                place.jobs(),
                place.results(),
                DoublePlant.FUNCTION,
                place.endpoint()));
  }

  @AfterEach
  void stop() {
    plant.close();
  }

  private Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(System.getProperty("sandpiper.dist", "target/sandpiper"), "bin/sandpiper")
            .toAbsolutePath()
            .toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "example");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SANDPIPER_CACHE", "off");
    environment.put("SANDPIPER_HOME", home.toString());
    environment.put("SANDPIPER_CONFIG", folder.resolve("sandpiper.toml").toString());
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void aSmallDocumentGoesEachWayAndLeavesNothing() throws Exception {
    Result result = run("cloud", "check", "--smoke");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains(
            "ok    cloud configuration: complete: device pi in eu-central-1, by way of http://")
        .contains("warn  identity: whatever the AWS SDK finds on this machine")
        .containsPattern("ok    courier: ready after [\\d,]+ ms")
        .containsPattern("ok    direct, first: came back parsed after [\\d,]+ ms")
        .containsPattern("ok    direct, again: came back parsed after [\\d,]+ ms")
        .containsPattern("ok    through S3 and SQS: came back parsed after [\\d,]+ ms");
    assertThat(plant.function().parsed()).isEqualTo(1);
    assertThat(plant.left()).isZero();
  }

  @Test
  void aLostHomeIsFilledFromTheCloudUnderTheNamesItHad() throws Exception {
    Map<String, String> left = Map.of("报告 2025.txt", "one", "it's.md", "two");
    for (Map.Entry<String, String> document : left.entrySet()) {
      byte[] bytes = document.getValue().getBytes(StandardCharsets.UTF_8);
      String sha256 = HexFormat.of().formatHex(Downloads.sha256().digest(bytes));
      plant
          .function()
          .s3()
          .putObject(
              put ->
                  put.bucket(Plants.IN)
                      .key("in/" + Plants.DEVICE + "/" + sha256)
                      .metadata(Map.of("sandpiper-name", MetadataText.encode(document.getKey()))),
              RequestBody.fromBytes(bytes));
    }
    Result result = run("cloud", "rebuild", "--dry-run");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("报告 2025.txt", "it's.md");
    result = run("cloud", "rebuild");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .isEqualTo("2 taken in, 0 known already\nParsed when the agent starts: sandpiper run\n");
    assertThat(plant.left()).isZero();
    assertThat(run("docs").out()).contains("报告 2025.txt", "it's.md");
    assertThat(run("cloud", "rebuild").out())
        .isEqualTo("Nothing waits in the cloud under this device's name\n");
  }

  @Test
  void aPlantThatIsNotThereIsToldInWords() throws Exception {
    plant.close();
    Result result = run("cloud", "check", "--smoke");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out() + result.err()).doesNotContain("Exception", "\tat ");
    assertThat(result.out())
        .contains("FAIL  cloud identity: ", "warn  cloud, the rest: not asked")
        .endsWith("No document was sent: put right what failed first.\n");
  }
}
