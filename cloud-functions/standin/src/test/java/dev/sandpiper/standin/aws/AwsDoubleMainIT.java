package dev.sandpiper.standin.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.standin.json.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

@Timeout(120)
class AwsDoubleMainIT {

  private static Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), AwsDoubleMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  @Test
  void itSaysWhereItIsServesThePlantAndEndsWithItsInput() throws Exception {
    Process process = start("sandpiper", "pi", "attic");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      Map<String, Object> plant = Json.object(lines.readLine().getBytes(StandardCharsets.UTF_8));
      Map<String, Object> queues = Json.object(plant, "queues");
      assertThat(queues.keySet())
          .containsExactly(
              "sandpiper-jobs-dead",
              "sandpiper-jobs",
              "sandpiper-results-pi",
              "sandpiper-results-attic");
      URI endpoint = URI.create(Json.text(plant, "endpoint"));
      try (S3Client s3 = Sdk.s3(endpoint, 1);
          SqsClient sqs = Sdk.sqs(endpoint, 1)) {
        for (String bucket : List.of("inBucket", "outBucket")) {
          s3.putObject(
              request -> request.bucket(Json.text(plant, bucket)).key("a"),
              RequestBody.fromString("x"));
        }
        sqs.sendMessage(
            request -> request.queueUrl(Json.text(queues, "sandpiper-jobs")).messageBody("x"));
      }
      process.getOutputStream().close();
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(lines.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void withoutADeviceItSaysWhatItWants() throws Exception {
    Process process = start("sandpiper");
    String words =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(words)
        .isEqualTo("Say the stack's name and at least one device: AwsDoubleMain sandpiper pi");
  }
}
