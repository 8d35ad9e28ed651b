package dev.sandpiper.parser.format.archive;

import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// The members of a GZIP file, one after the other, as far as they can be read.
///
/// The members are taken apart here and not by a library: the JDK's reader goes one call deeper for
/// every empty member, and commons-compress gives up everything for a few bytes of padding after
/// the last one.
final class GzipMembers extends InputStream {

  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;

  /// A read that meets damage loses what it had unpacked itself, so it is kept short; and shortest
  /// at the beginning, where a small file has everything.
  private static final int CAREFUL = 4 << 10;

  private static final int SLICE = 256;

  private final BufferedInputStream in;
  private final ParseContext context;
  private @Nullable InputStream member;
  private long delivered;
  private boolean ended;

  GzipMembers(InputStream in, ParseContext context) {
    this.in = new BufferedInputStream(in);
    this.context = context;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int filled = 0;
    while (filled < length && !ended) {
      int slice = Math.min(length - filled, delivered < CAREFUL ? 1 : SLICE);
      int count = slice(buffer, offset + filled, slice);
      filled += count;
      delivered += count;
    }
    return filled == 0 && length > 0 ? -1 : filled;
  }

  /// Reads a little; 0 when a member or everything has ended.
  private int slice(byte[] buffer, int offset, int length) throws IOException {
    try {
      InputStream current = member == null ? next() : member;
      if (current == null) {
        ended = true;
        return 0;
      }
      int count = current.read(buffer, offset, length);
      member = count < 0 ? null : current;
      return Math.max(0, count);
    } catch (IOException e) {
      if (delivered == 0) {
        throw e;
      }
      ended = true;
      context.warn(
          "damaged-gzip", "The rest of the file cannot be read: " + Reason.of(e) + ".", null);
      return 0;
    }
  }

  /// The next member; `null` when there is none.
  private @Nullable InputStream next() throws IOException {
    context.budget().checkDeadline();
    in.mark(2);
    int first = in.read();
    int second = in.read();
    if (first < 0) {
      return null;
    }
    if (first != MAGIC_1 || second != MAGIC_2) {
      if (first != 0) {
        context.warn("damaged-gzip", "Bytes after the compressed data were not read.", null);
      }
      return null;
    }
    in.reset();
    return GzipCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(false)
        .get();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
