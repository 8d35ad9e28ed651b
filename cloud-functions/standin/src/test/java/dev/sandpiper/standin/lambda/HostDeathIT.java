package dev.sandpiper.standin.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 of the host while a function hangs in a loop.
@Timeout(120)
class HostDeathIT {

  @Test
  void aFunctionEndsWithItsHost(@TempDir Path folder) throws Exception {
    Process host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                HostMain.class.getName(),
                TestFunctions.zip(folder).toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessHandle function;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
      function = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
    }
    assertThat(function.isAlive()).isTrue();
    host.destroyForcibly().waitFor();
    assertThat(function.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  /// Says the process of a function that hangs.
  static final class HostMain {

    public static void main(String[] args) throws Exception {
      try (LambdaHost host = LambdaHost.start(InstantSource.system())) {
        HostedFunction function =
            host.deploy(
                new FunctionSpec(
                    "f",
                    Path.of(args[0]),
                    "dev.sandpiper.standin.lambda.TestFunctions$Obedient::handleRequest",
                    Map.of(),
                    FunctionSpec.Settings.DEFAULT));
        InvokeResult _ = function.invoke("{}".getBytes(StandardCharsets.UTF_8));
        List<Long> pids = function.pids();
        System.out.println(pids.getFirst());
        InvokeResult _ = function.invoke("\"hang\"".getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
