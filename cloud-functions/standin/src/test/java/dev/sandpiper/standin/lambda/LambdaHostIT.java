package dev.sandpiper.standin.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LambdaHostIT {

  private static final String OBEDIENT =
      "dev.sandpiper.standin.lambda.TestFunctions$Obedient::handleRequest";
  private static final String BROKEN =
      "dev.sandpiper.standin.lambda.TestFunctions$Broken::handleRequest";
  private static final String RESTORED =
      "dev.sandpiper.standin.lambda.RestoredFunction::handleRequest";
  private static final FunctionSpec.Settings SETTINGS =
      new FunctionSpec.Settings(Duration.ofSeconds(20), 2, 128, false);

  private Path folder;
  private Path zip;
  private LambdaHost host;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    zip = TestFunctions.zip(folder);
    host = LambdaHost.start(InstantSource.system());
  }

  @AfterAll
  void stop() throws IOException {
    host.close();
  }

  private HostedFunction deploy(String handler, FunctionSpec.Settings settings) throws IOException {
    return host.deploy(new FunctionSpec("f", zip, handler, Map.of("GREETING", "hello"), settings));
  }

  private static InvokeResult invoke(Function function, String payload)
      throws InterruptedException {
    return function.invoke(payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String answer(Function function, String payload) throws InterruptedException {
    return ((InvokeResult.Answered) invoke(function, payload)).text();
  }

  private static String error(Function function, String payload) throws InterruptedException {
    return ((InvokeResult.FunctionError) invoke(function, payload)).text();
  }

  @Test
  void theFunctionAnswersWithItsEnvironmentAndStaysWarm() throws Exception {
    HostedFunction function = deploy(OBEDIENT, SETTINGS);
    assertThat(answer(function, "{\"a\":\"ö\"}")).isEqualTo("{\"a\":\"ö\"}");
    assertThat(answer(function, "\"env\"")).isEqualTo("\"hello\"");
    assertThat(answer(function, "\"calls\"")).isEqualTo("1");
    assertThat(answer(function, "\"calls\"")).isEqualTo("2");
    assertThat(Long.parseLong(answer(function, "\"left\""))).isBetween(1L, 20_000L);
    assertThat(function.coldStarts()).isEqualTo(1);
  }

  @Test
  void anExceptionIsAFunctionErrorAndTheProcessGoesOn() throws Exception {
    HostedFunction function = deploy(OBEDIENT, SETTINGS);
    assertThat(error(function, "\"throw\""))
        .contains("as you wish", "java.lang.IllegalArgumentException");
    assertThat(answer(function, "\"env\"")).isEqualTo("\"hello\"");
    assertThat(function.coldStarts()).isEqualTo(1);
  }

  @Test
  void aProcessThatExitsIsAFunctionErrorAndAnotherTakesOver() throws Exception {
    HostedFunction function = deploy(OBEDIENT, SETTINGS);
    assertThat(error(function, "\"exit\""))
        .contains("Runtime.ExitError", "Runtime exited with error: exit status 7");
    assertThat(answer(function, "\"env\"")).isEqualTo("\"hello\"");
    assertThat(function.coldStarts()).isEqualTo(2);
  }

  @Test
  void memoryThatRunsOutIsAFunctionError() throws Exception {
    assertThat(error(deploy(OBEDIENT, SETTINGS), "\"memory\"")).contains("OutOfMemoryError");
  }

  @Test
  void aFunctionThatHangsIsKilledAtItsTimeout() throws Exception {
    HostedFunction function =
        deploy(OBEDIENT, new FunctionSpec.Settings(Duration.ofSeconds(3), 1, 128, false));
    assertThat(error(function, "\"hang\""))
        .contains("Sandbox.Timedout", "Task timed out after 3.00 seconds");
    assertThat(function.pids()).isEmpty();
  }

  @Test
  void anAnswerOfMoreThanSixMegabytesIsAFunctionError() throws Exception {
    assertThat(error(deploy(OBEDIENT, SETTINGS), "\"big\""))
        .contains("Function.ResponseSizeTooLarge", "6291556");
  }

  @Test
  void aRequestOfMoreThanSixMegabytesIsRefused() throws Exception {
    assertThat(deploy(OBEDIENT, SETTINGS).invoke(new byte[7 << 20]))
        .isEqualTo(new InvokeResult.TooLarge());
  }

  @Test
  void aFunctionThatCannotStartSaysWhy() throws Exception {
    assertThat(error(deploy(BROKEN, SETTINGS), "{}"))
        .contains("Runtime.InitError", "no bucket is configured");
  }

  @Test
  void moreThanTheConcurrencyIsThrottled() throws Exception {
    HostedFunction function =
        deploy(OBEDIENT, new FunctionSpec.Settings(Duration.ofSeconds(3), 2, 128, false));
    CountDownLatch both = new CountDownLatch(2);
    Callable<InvokeResult> hanging =
        () -> {
          both.countDown();
          return invoke(function, "\"hang\"");
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<InvokeResult>> running = new ArrayList<>();
      running.add(threads.submit(hanging));
      running.add(threads.submit(hanging));
      both.await();
      while (function.coldStarts() < 2) {
        Thread.onSpinWait();
      }
      assertThat(invoke(function, "{}")).isEqualTo(new InvokeResult.Throttled());
      for (Future<InvokeResult> one : running) {
        assertThat(one.get()).isInstanceOf(InvokeResult.FunctionError.class);
      }
    }
    assertThat(answer(function, "\"env\"")).isEqualTo("\"hello\"");
  }

  @Test
  void snapStartHooksRunAroundTheRestore() throws Exception {
    HostedFunction function =
        deploy(RESTORED, new FunctionSpec.Settings(Duration.ofSeconds(20), 1, 128, true));
    assertThat(answer(function, "{}")).isEqualTo("\"checkpoint restore\"");
    assertThat(function.restores()).isEqualTo(1);
  }

  @Test
  void closingEndsEveryProcess() throws Exception {
    List<Long> pids;
    HostedFunction function;
    try (LambdaHost other = LambdaHost.start(InstantSource.system())) {
      function = other.deploy(new FunctionSpec("f", zip, OBEDIENT, Map.of(), SETTINGS));
      assertThat(answer(function, "{}")).isEqualTo("{}");
      pids = function.pids();
    }
    assertThat(pids).hasSize(1).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
    assertThat(error(function, "{}")).contains("the host is closed");
  }

  @Test
  void aZipThatLeavesItsFolderIsRefused() throws Exception {
    Path evil = folder.resolve("evil.zip");
    TestFunctions.evil(evil);
    assertThatThrownBy(() -> host.deploy(new FunctionSpec("f", evil, OBEDIENT, Map.of(), SETTINGS)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has an entry outside of itself: ../evil");
  }
}
