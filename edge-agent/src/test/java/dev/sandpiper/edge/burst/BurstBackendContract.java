package dev.sandpiper.edge.burst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.health.CheckResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every backend must do, with the real function package.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class BurstBackendContract {

  @TempDir protected Path folder;

  /// The backend under test; the test closes it.
  protected abstract BurstBackend backend() throws Exception;

  @Test
  void parsedTextComesBackAsStoredResult() throws Exception {
    try (BurstBackend backend = backend()) {
      BurstAnswer answer = backend.run(parse("note.txt", "Hello, sandpiper.\n", Limits.DEFAULT));

      assertThat(answer.reply()).isInstanceOf(ParseReply.Parsed.class);
      assertThat(answer.result()).isNotNull();
      assertThat(Files.readString(answer.result())).contains("Hello, sandpiper");
    }
  }

  @Test
  void documentOfTheCallerStaysUntouched() throws Exception {
    try (BurstBackend backend = backend()) {
      BurstTask.Parse task = parse("note.txt", "stays", Limits.DEFAULT);
      backend.run(task);

      assertThat(task.document().file()).hasContent("stays");
    }
  }

  @Test
  void wrongHashIsRejected() throws Exception {
    try (BurstBackend backend = backend()) {
      BurstTask.Parse task = parse("note.txt", "announced", Limits.DEFAULT);
      Files.writeString(task.document().file(), "different");

      assertThat(backend.run(task).reply())
          .isInstanceOfSatisfying(
              ParseReply.Rejected.class,
              rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.HASH_MISMATCH));
    }
  }

  @Test
  void healthyBackendSaysSo() throws Exception {
    try (BurstBackend backend = backend()) {
      assertThat(backend.check().status()).isNotEqualTo(CheckResult.Status.FAIL);
    }
  }

  /// A task about a file that holds `text`.
  protected BurstTask.Parse parse(String name, String text, Limits limits) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path file = Files.createTempFile(folder, "document", null);
    Files.write(file, bytes);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return new BurstTask.Parse(
        "request-" + name.hashCode(),
        new BurstTask.DocumentFile(name, hash, bytes.length, null, file),
        null,
        Set.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS),
        SplitPolicy.NONE,
        limits);
  }
}
