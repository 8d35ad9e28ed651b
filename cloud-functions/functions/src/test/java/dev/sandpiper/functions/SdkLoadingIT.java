package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The edge's own workers run the same package: they must not pay for the cloud's libraries.
@Timeout(120)
class SdkLoadingIT {

  @TempDir private Path folder;

  @Test
  void workerWithoutBucketsLoadsNothingOfTheSdk() throws Exception {
    assertThat(loaded(Map.of()))
        .anyMatch(line -> line.contains("dev.sandpiper.functions.ParseFunction"))
        .noneMatch(line -> line.contains(" software.amazon."))
        .noneMatch(line -> line.contains(" org.crac."))
        .noneMatch(line -> line.contains(" org.slf4j."));
  }

  @Test
  void functionWithBucketsLoadsTheSdkAtItsStart() throws Exception {
    assertThat(
            loaded(
                Map.of(
                    "AWS_REGION", "eu-central-1",
                    "SANDPIPER_IN_BUCKET", "in",
                    "SANDPIPER_OUT_BUCKET", "out")))
        .anyMatch(line -> line.contains(" software.amazon.awssdk.services.s3.DefaultS3Client "))
        .anyMatch(line -> line.contains(" software.amazon.awssdk.services.sqs.DefaultSqsClient "))
        .noneMatch(line -> line.contains(" software.amazon.awssdk.services.s3.S3AsyncClient "));
  }

  /// What a JVM loads that makes the handler and answers one request.
  private List<String> loaded(Map<String, String> environment) throws Exception {
    Path log = folder.resolve("classes.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load=info:file=" + log + "::filecount=0",
            "-cp",
            System.getProperty("java.class.path"),
            OneRequest.class.getName());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.inheritIO().start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(log);
  }

  /// Does what the Lambda runtime does with a handler.
  static final class OneRequest {

    public static void main(String[] args) throws IOException {
      byte[] text = "text".getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      RequestJson.write(
          Fixture.request("text", new Source.Inline(text), new ResultTarget.Inline()), request);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      new ParseHandler()
          .handleRequest(
              new java.io.ByteArrayInputStream(request.toByteArray()), answer, new FixedContext());
      if (!answer.toString(StandardCharsets.UTF_8).contains("\"parsed\"")) {
        throw new IllegalStateException(answer.toString(StandardCharsets.UTF_8));
      }
    }
  }
}
