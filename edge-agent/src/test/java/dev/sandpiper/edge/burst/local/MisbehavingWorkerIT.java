package dev.sandpiper.edge.burst.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.misbehaving.MisbehavingHandler;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.store.BlobStore;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real worker processes that do everything a worker should not.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MisbehavingWorkerIT {

  private static final Limits LIMITS = Limits.DEFAULT.withWallMillis(15_000);

  @TempDir private Path folder;
  private @Nullable LocalBackend backend;

  @AfterEach
  void close() {
    started().close();
    assertThat(folder.resolve("state/workers")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "exit, CRASHED, ended with exit code 7 without an answer",
    "silent-exit, CRASHED, ended with exit code 0 without an answer",
    "crash, CRASHED, without an answer",
    "kill, OUT_OF_MEMORY, was killed by the system",
    "memory, OUT_OF_MEMORY, ran out of memory",
    "throw, INTERNAL, on purpose",
    "garbage, INTERNAL, gave no usable reply",
    "other-id, INTERNAL, somebody-else",
    "huge-answer, INTERNAL, has more than 1048576 bytes",
    "link-result, INTERNAL, the stored result is not the announced file",
    "false-size, INTERNAL, the stored result is not the announced file",
  })
  void eachMisdeedBecomesAFailureWithItsCode(String deed, FailCode code, String message)
      throws Exception {
    start(SandboxMode.NONE);

    assertThat(run(deed, LIMITS).reply())
        .isInstanceOfSatisfying(
            ParseReply.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(code);
              assertThat(failed.message()).contains(message);
            });
    assertThat(told("count")).isEqualTo("1 calls");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hang", "spin"})
  void silentWorkerIsKilledWithinASecondOfItsLimit(String deed) throws Exception {
    start(SandboxMode.NONE);
    run("behave", LIMITS);
    long start = System.nanoTime();

    ParseReply reply = run(deed, Limits.DEFAULT.withWallMillis(1_000)).reply();

    // On a machine that does other work too, more than this cannot be told from its load.
    assertThat(System.nanoTime() - start)
        .isLessThan(TimeUnit.SECONDS.toNanos(Boolean.getBoolean("sandpiper.proof") ? 2 : 20));
    assertThat(reply)
        .isInstanceOfSatisfying(
            ParseReply.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailCode.DEADLINE));
  }

  /// What is stored stays as it was taken, whatever the worker still has open.
  @Test
  void resultThatWasTakenCannotBeRewritten() throws Exception {
    start(SandboxMode.NONE);

    Path result = Objects.requireNonNull(run("rewrite-result", LIMITS).result());
    Blob blob = BlobStore.open(folder.resolve("blobs")).adopt(result, "result");

    Path stored = folder.resolve("blobs/blobs").resolve(blob.sha256().substring(0, 2));
    byte[] taken = Files.readAllBytes(stored.resolve(blob.sha256().substring(2)));
    awaitRewrite();
    assertThat(stored.resolve(blob.sha256().substring(2))).hasBinaryContent(taken);
    assertThat(stored.resolve(blob.sha256().substring(2))).hasSize(blob.size());
  }

  /// Returns when the worker has written some more.
  private void awaitRewrite() throws Exception {
    String before = rewrites();
    Awaited.that(
        "the worker goes on rewriting",
        Duration.ofSeconds(60),
        () -> !rewrites().isEmpty() && !rewrites().equals(before));
    String once = rewrites();
    Awaited.that("twice", Duration.ofSeconds(60), () -> !rewrites().equals(once));
  }

  private String rewrites() throws IOException {
    try (Stream<Path> files =
        Files.find(folder.resolve("state"), 6, (file, _) -> file.endsWith("out/rewrites"))) {
      Optional<Path> file = files.findFirst();
      return file.isPresent() ? Files.readString(file.get()) : "";
    }
  }

  @Test
  void resultBeyondItsLimitIsRejected() throws Exception {
    start(SandboxMode.NONE);

    assertThat(run("huge-result", LIMITS).reply())
        .isInstanceOfSatisfying(
            ParseReply.Rejected.class,
            rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.OVER_LIMIT));
  }

  @Test
  void warmWorkerIsUsedAgainWhateverItPrints() throws Exception {
    start(SandboxMode.NONE);

    assertThat(told("chatter")).isEqualTo("said enough");
    assertThat(told("count")).isEqualTo("2 calls");
  }

  @Test
  void workerSeesOnlyItsOwnEnvironment() throws Exception {
    start(SandboxMode.NONE);

    assertThat(told("environment")).doesNotContain("JAVA_HOME").doesNotContain("USER");
  }

  @ParameterizedTest
  @EnumSource(names = {"BWRAP", "UNSHARE"})
  void confinedWorkerCannotSendAPacket(SandboxMode mode) throws Exception {
    NeededSandbox.of(mode);
    start(mode);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
        DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
      tcp.setSoTimeout(500);
      udp.setSoTimeout(500);

      assertThat(told("tcp:127.0.0.1:" + tcp.getLocalPort())).startsWith("shut");
      told("udp:127.0.0.1:" + udp.getLocalPort());
      assertThat(told("tcp:192.0.2.1:80")).startsWith("shut");
      assertThat(told("udp:192.0.2.1:53")).startsWith("shut");
      assertThat(told("dns:example.com")).startsWith("shut");
      assertThat(told("interfaces")).isEqualTo("open: lo");
      org.assertj.core.api.Assertions.assertThatThrownBy(tcp::accept)
          .isInstanceOf(SocketTimeoutException.class);
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> udp.receive(new DatagramPacket(new byte[1], 1)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void bubblewrapHidesTheDiskAndKeepsItReadOnly() throws Exception {
    NeededSandbox.of(SandboxMode.BWRAP);
    start(SandboxMode.BWRAP);
    Path secret = Files.writeString(folder.resolve("secret"), "secret");

    assertThat(told("read:" + secret)).startsWith("shut");
    assertThat(told("read:/etc/passwd")).startsWith("shut");
    assertThat(told("list:" + System.getProperty("user.home"))).startsWith("shut");
    assertThat(told("write:/usr/x")).startsWith("shut");
    assertThat(told("write:/x")).startsWith("shut");
    assertThat(told("write:" + folder.resolve("x"))).startsWith("shut");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(names = {"BWRAP", "UNSHARE", "NONE"})
  void workerCannotWriteToTheDocument(SandboxMode mode) throws Exception {
    NeededSandbox.of(mode);
    start(mode);

    assertThat(told("overwrite")).startsWith(mode == SandboxMode.BWRAP ? "shut" : "open");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("document")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).isEmptyFile());
    }
  }

  private void start(SandboxMode mode) throws Exception {
    Path zip = FunctionZips.misbehaving(folder);
    backend =
        new LocalBackend(
            LocalWorkers.options(zip, MisbehavingHandler.NAME, folder.resolve("state"), mode),
            Clock.systemUTC(),
            LocalWorkers.JOURNAL);
  }

  private LocalBackend started() {
    return Objects.requireNonNull(backend, "no test without a backend");
  }

  private String told(String deed) throws Exception {
    ParseReply reply = run(deed, LIMITS).reply();
    assertThat(reply).isInstanceOf(ParseReply.Rejected.class);
    return ((ParseReply.Rejected) reply).message();
  }

  private BurstAnswer run(String deed, Limits limits) throws Exception {
    Path document = Files.createTempFile(folder, "document", null);
    return started()
        .run(
            new BurstTask.Parse(
                "request-1",
                new BurstTask.DocumentFile(deed, "0".repeat(64), 0, null, document),
                null,
                Set.of(Output.MARKDOWN),
                SplitPolicy.NONE,
                limits));
  }
}
