package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.contract.ParseReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Looks at a result before it is taken in.
final class Results {

  private static final int BUFFER = 16 << 10;

  private Results() {}

  /// The file, once it is sure to be what the function has stored. A file that is not is deleted.
  ///
  /// @param announced where the courier says that it is
  /// @throws IOException with what is wrong with it
  static Path verified(Path file, @Nullable Path announced, ParseReply.@Nullable Stored stored)
      throws IOException {
    try {
      if (stored == null || announced == null) {
        throw new IOException("the answer names none");
      }
      if (!file.equals(announced)) {
        throw new IOException("it is at another place than was asked for");
      }
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("there is none");
      }
      if (Files.size(file) != stored.size()) {
        throw new IOException(
            "it has %,d bytes, not %,d".formatted(Files.size(file), stored.size()));
      }
      if (!sha256(file).equals(stored.sha256())) {
        throw new IOException("it was changed on the way");
      }
      return file;
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  static String sha256(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
