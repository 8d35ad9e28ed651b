package dev.sandpiper.edge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Predicate;

/// Documents, named after their content, and results, named after what made them: `blobs/ab/cdef…`.
/// A file is there whole or not at all, and when a method has returned, it survives a power cut.
/// Memory use does not depend on a file's size.
public final class BlobStore {
  private static final int BUFFER = 64 * 1024;

  private final Path blobs;
  private final Path incoming;

  private BlobStore(Path blobs, Path incoming) {
    this.blobs = blobs;
    this.incoming = incoming;
  }

  /// Opens the store in `root`, made when needed. What an earlier process left unfinished is
  /// removed, so only the holder of the database may open it.
  public static BlobStore open(Path root) throws IOException {
    Path blobs = Files.createDirectories(root.resolve("blobs"));
    Path incoming = Files.createDirectories(root.resolve("incoming"));
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incoming)) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
    DiskSync.folder(root);
    return new BlobStore(blobs, incoming);
  }

  /// Opens the store in `root` for reading only, beside an agent.
  public static BlobStore openReadOnly(Path root) {
    return new BlobStore(root.resolve("blobs"), root.resolve("incoming"));
  }

  /// Stores everything `in` gives.
  ///
  /// @throws BlobTooLargeException after `maxBytes`
  public Blob put(InputStream in, long maxBytes) throws IOException {
    Path part = tempFile();
    try {
      MessageDigest digest = sha256();
      long size = 0;
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          size += read;
          if (size > maxBytes) {
            throw new BlobTooLargeException(maxBytes);
          }
          digest.update(buffer, 0, read);
          ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
        }
        out.force(true);
      }
      return settle(part, HexFormat.of().formatHex(digest.digest()), size);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Takes over a file on the same file system, without copying or reading it: a result is large,
  /// and reading it to name it after its content would cost more than all else the agent does.
  ///
  /// @param label names it; no other file may ever have the same one
  public Blob adopt(Path file, String label) throws IOException {
    long size;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
      size = channel.size();
    }
    byte[] name = sha256().digest(label.getBytes(StandardCharsets.UTF_8));
    return settle(file, HexFormat.of().formatHex(name), size);
  }

  /// A new empty file on the store's file system, for [#adopt]. Removed at the next start.
  public Path tempFile() throws IOException {
    return Files.createTempFile(incoming, "in", ".part");
  }

  /// Where a blob is, or would be.
  public Path path(String sha256) {
    if (!isSha256(sha256)) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
    }
    return blobs.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
  }

  /// Whether a blob is there.
  public boolean exists(String sha256) {
    return Files.isRegularFile(path(sha256));
  }

  /// Opens a blob.
  public InputStream read(String sha256) throws IOException {
    return Files.newInputStream(path(sha256));
  }

  /// Removes a blob, durably; nothing happens when there is none.
  public void delete(String sha256) throws IOException {
    Path file = path(sha256);
    if (Files.deleteIfExists(file)) {
      DiskSync.folder(parent(file));
    }
  }

  /// Removes blobs that are older than `olderThan` and not referenced, and answers how many. The
  /// age spares those whose transaction is still to come.
  public int sweep(Duration olderThan, InstantSource clock, Predicate<String> referenced)
      throws IOException {
    Instant limit = clock.instant().minus(olderThan);
    int removed = 0;
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(blobs)) {
      for (Path folder : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            String sha256 = folder.getFileName().toString() + file.getFileName();
            if (isSha256(sha256)
                && Files.getLastModifiedTime(file).toInstant().isBefore(limit)
                && !referenced.test(sha256)) {
              delete(sha256);
              removed++;
            }
          }
        }
      }
    }
    return removed;
  }

  /// Gives a synced file its name.
  private Blob settle(Path part, String sha256, long size) throws IOException {
    Path file = path(sha256);
    boolean isNew = !Files.exists(file);
    Path folder = parent(file);
    if (Files.notExists(folder)) {
      Files.createDirectories(folder);
      DiskSync.folder(blobs);
    }
    // Also when it is there: the rename renews its age, so that a sweep spares it, and it replaces
    // a copy that a failing disk may have bitten.
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    DiskSync.folder(folder);
    return new Blob(sha256, size, isNew);
  }

  private Path parent(Path file) {
    Path folder = file.getParent();
    return folder == null ? blobs : folder;
  }

  /// Whether `text` could be the name of a blob.
  public static boolean isSha256(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
