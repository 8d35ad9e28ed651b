package dev.sandpiper.functions;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Brings a source's bytes to a local file and checks that they are the announced ones.
record DocumentFetcher(HostRoot in, @Nullable ObjectStore objects) {

  private static final int BUFFER = 64 << 10;

  /// The document's bytes as a file; copies go to `scratch`.
  ///
  /// @throws RefusedException when they are refused, unavailable or not the announced ones
  Path fetch(DocumentRef document, Limits limits, Path scratch) {
    if (document.size() > limits.maxBytes()) {
      throw RefusedException.rejected(
          RejectCode.OVER_LIMIT,
          "%s has %,d bytes, more than the %,d allowed. Raise the size limit to parse it."
              .formatted(document.name(), document.size(), limits.maxBytes()));
    }
    Path file = file(document.source(), document.size(), scratch.resolve("document"));
    try {
      verify(document, file);
    } catch (IOException e) {
      throw unavailable(document.name(), e);
    }
    return file;
  }

  /// A stored part result as a file of at most `maxBytes`.
  Path fetchPart(Source part, int ordinal, long maxBytes, Path scratch) {
    return file(part, maxBytes, scratch.resolve("part-" + ordinal));
  }

  private Path file(Source source, long maxBytes, Path copy) {
    try {
      return switch (source) {
        case Source.Inline(byte[] bytes) -> Files.write(copy, bytes);
        case Source.File(String path) -> in.existing(path);
        case Source.S3 object -> {
          Outside.require(objects, "source").get(object, copy, maxBytes);
          yield copy;
        }
      };
    } catch (ObjectGoneException e) {
      throw RefusedException.gone(
          "There is no "
              + Outside.describe(source)
              + ": another delivery has finished it, or it was deleted. If there is still no result, send it again.");
    } catch (ObjectTooBigException e) {
      throw RefusedException.rejected(
          RejectCode.HASH_MISMATCH, Outside.reason(e) + " Announce its real size and hash.");
    } catch (IOException e) {
      throw unavailable(Outside.describe(source), e);
    }
  }

  private static void verify(DocumentRef document, Path file) throws IOException {
    long size = Files.size(file);
    String hash = size == document.size() ? sha256(file) : "";
    if (!hash.equals(document.sha256())) {
      throw RefusedException.rejected(
          RejectCode.HASH_MISMATCH,
          "%s is not the announced document: expected %,d bytes with SHA-256 %s, found %,d bytes%s. Send it again."
              .formatted(
                  document.name(),
                  document.size(),
                  document.sha256(),
                  size,
                  hash.isEmpty() ? "" : " with SHA-256 " + hash));
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = Outside.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static RefusedException unavailable(String what, IOException e) {
    return RefusedException.failed(
        FailCode.SOURCE_UNAVAILABLE,
        "Cannot fetch " + what + ": " + Outside.reason(e) + ". It is worth another try.");
  }
}
