package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Fetches objects into files and proves that they are what they should be.
final class Downloads {

  /// An object that is missing or wrong is asked for so often: a stale answer passes, a loss stays.
  private static final int MOST_DOUBTS = 3;

  private static final int BUFFER = 32 << 10;

  private final Clients clients;
  private final Attempts attempts;

  Downloads(Clients clients, Attempts attempts) {
    this.clients = clients;
    this.attempts = attempts;
  }

  /// What an object must be.
  ///
  /// @param size negative: any
  record Wanted(String sha256, long size) {}

  void get(String bucket, String key, Path target, Wanted wanted) {
    for (int doubt = 1; ; doubt++) {
      try {
        attempts.run("Downloading " + key, () -> once(bucket, key, target, wanted));
        return;
      } catch (CloudException e) {
        CloudException.Lost lost = lost(key, e);
        if (lost == null) {
          throw e;
        }
        if (doubt == MOST_DOUBTS) {
          throw lost;
        }
        attempts.pause(Verdict.Again.LATER, doubt);
      }
    }
  }

  private static CloudException.@Nullable Lost lost(String key, CloudException e) {
    if (e instanceof CloudException.Lost lost) {
      return lost;
    }
    return e.getCause() instanceof NoSuchKeyException
        ? new CloudException.Lost("There is no object " + key + " any more.", e)
        : null;
  }

  private Path once(String bucket, String key, Path target, Wanted wanted) {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      copy(bucket, key, part, wanted);
      return move(part, target);
    } finally {
      discard(part);
    }
  }

  private void copy(String bucket, String key, Path part, Wanted wanted) {
    MessageDigest digest = sha256();
    long size = 0;
    try (ResponseInputStream<GetObjectResponse> in =
            clients.s3().getObject(get -> get.bucket(bucket).key(key));
        OutputStream out = openNew(part)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        if (wanted.size() >= 0 && size > wanted.size()) {
          in.abort();
          break;
        }
        digest.update(buffer, 0, read);
        write(out, buffer, read, part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the network: the disk has spoken already
    }
    if (wanted.size() >= 0 && size < wanted.size()) {
      throw new UncheckedIOException(
          new IOException("%s ended after %d of %d bytes".formatted(key, size, wanted.size())));
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(wanted.sha256())) {
      throw new CloudException.Lost(key + " is not what was announced: its hash differs.", null);
    }
  }

  private static OutputStream openNew(Path part) {
    try {
      return Files.newOutputStream(part);
    } catch (IOException e) {
      throw disk(e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int length, Path part) {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw disk(new IOException(part + ": " + e.getMessage(), e));
    }
  }

  private static Path move(Path part, Path target) {
    try {
      return Files.move(
          part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw disk(e);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw disk(e);
    }
  }

  static CloudException disk(IOException e) {
    return new CloudException(
        Fault.INTERNAL, "A result cannot be written: " + DiskFailure.words(e) + ".", e);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
