package dev.sandpiper.edge;

import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Makes the task that shows whether the cloud works.
record SmokeTask(Limits limits, RandomGenerator random) {

  BurstTask.Parse of(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      return new BurstTask.Parse(
          "smoke-" + Long.toHexString(random.nextLong()),
          new BurstTask.DocumentFile(
              String.valueOf(file.getFileName()), sha256, bytes.length, null, file),
          null,
          Set.of(Output.MARKDOWN),
          SplitPolicy.NONE,
          limits);
    } catch (IOException e) {
      throw new AgentException(file + " cannot be read: " + DiskFailure.words(e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
