package dev.sandpiper.edge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path root;
  private BlobStore blobs;

  @BeforeEach
  void open() throws IOException {
    blobs = BlobStore.open(root);
  }

  @Test
  void bytesAreStoredOnceUnderTheirHash() throws IOException {
    assertThat(blobs.put(bytes("abc"), 10)).isEqualTo(new Blob(ABC, 3, true));
    assertThat(blobs.put(bytes("abc"), 10)).isEqualTo(new Blob(ABC, 3, false));
    assertThat(blobs.path(ABC))
        .hasContent("abc")
        .isEqualTo(root.resolve("blobs/ba/" + ABC.substring(2)));
    assertThat(leftovers()).isZero();
  }

  @Test
  void tooManyBytesLeaveNothing() throws IOException {
    assertThatThrownBy(() -> blobs.put(bytes("abcd"), 3))
        .isInstanceOf(BlobTooLargeException.class)
        .hasMessage("The document is larger than the limit of 3 bytes.");
    assertThat(leftovers()).isZero();
    assertThat(blobs.put(bytes("abc"), 3).size()).isEqualTo(3);
  }

  @Test
  void brokenSenderLeavesNothing() throws IOException {
    InputStream broken =
        new InputStream() {
          private boolean started;

          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            if (started) {
              throw new IOException("connection reset");
            }
            started = true;
            return length;
          }
        };
    assertThatThrownBy(() -> blobs.put(broken, 1 << 20)).hasMessage("connection reset");
    assertThat(leftovers()).isZero();
  }

  @Test
  void adoptedFileMovesWithoutACopy() throws IOException {
    Path file = blobs.tempFile();
    Files.writeString(file, "not the name");
    Object inode = Files.getAttribute(file, "unix:ino");
    // The SHA-256 of "abc", the label.
    assertThat(blobs.adopt(file, "abc")).isEqualTo(new Blob(ABC, 12, true));
    assertThat(file).doesNotExist();
    assertThat(Files.getAttribute(blobs.path(ABC), "unix:ino")).isEqualTo(inode);
  }

  /// A file is stored and taken over with less than 2 MB of objects, whatever its size.
  @Test
  void memoryDoesNotDependOnTheSize() throws IOException {
    long size = (Boolean.getBoolean("sandpiper.proof") ? 200L : 32L) << 20;
    java.lang.management.ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    assertThat(threads).isInstanceOf(com.sun.management.ThreadMXBean.class);
    com.sun.management.ThreadMXBean allocations = (com.sun.management.ThreadMXBean) threads;
    long before = allocations.getCurrentThreadAllocatedBytes();
    Blob blob = blobs.put(new Zeros(size), size);
    Path again = blobs.tempFile();
    Files.move(blobs.path(blob.sha256()), again, StandardCopyOption.REPLACE_EXISTING);
    Blob adopted = blobs.adopt(again, "again");
    assertThat(allocations.getCurrentThreadAllocatedBytes() - before).isLessThan(2L << 20);
    assertThat(adopted.size()).isEqualTo(size);
    assertThat(Files.size(blobs.path(adopted.sha256()))).isEqualTo(size);
  }

  @Test
  void sweepRemovesWhatIsOldAndUnreferencedOnly() throws IOException {
    Instant now = InstantSource.system().instant(); // a new file's age is the system's
    String old = put("old", now.minus(Duration.ofDays(3)));
    String kept = put("kept", now.minus(Duration.ofDays(3)));
    String young = put("young", now.minus(Duration.ofMinutes(1)));
    assertThat(blobs.sweep(Duration.ofDays(1), () -> now, kept::equals)).isEqualTo(1);
    assertThat(blobs.exists(old)).isFalse();
    assertThat(blobs.exists(kept)).isTrue();
    assertThat(blobs.exists(young)).isTrue();
    blobs.put(bytes("kept"), 10);
    assertThat(Files.getLastModifiedTime(blobs.path(kept)).toInstant())
        .as("arriving again makes it young")
        .isAfter(now.minus(Duration.ofDays(2)));
  }

  @Test
  void unfinishedUploadsGoAtTheNextStart() throws IOException {
    Files.writeString(blobs.tempFile(), "half");
    open();
    assertThat(leftovers()).isZero();
  }

  @Test
  void nameThatIsNoHashIsRefused() {
    assertThatThrownBy(() -> blobs.path("../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String put(String text, Instant modified) throws IOException {
    String sha256 = blobs.put(bytes(text), 100).sha256();
    Files.setLastModifiedTime(blobs.path(sha256), FileTime.from(modified));
    return sha256;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private long leftovers() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("incoming"))) {
      return files.count();
    }
  }

  /// So many zeros.
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      left -= count;
      return count;
    }
  }
}
