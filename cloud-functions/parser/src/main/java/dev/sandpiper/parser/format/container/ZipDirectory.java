package dev.sandpiper.parser.format.container;

import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Looks at the size of a zip file's directory before `ZipFile` reads the whole of it into memory.
final class ZipDirectory {

  private static final long MOST_BYTES = 48L << 20;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int END64_LENGTH = 56;

  private ZipDirectory() {}

  /// Refuses a directory too large to hold in memory; anything odd is left to `ZipFile`.
  static void requireBounded(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = directorySize(channel);
      if (Long.compareUnsigned(size, MOST_BYTES) > 0) {
        throw new ParseFailure(
            ParseFailure.Code.OVER_LIMIT,
            "The archive's directory alone declares %s bytes, more than the %,d allowed."
                    .formatted(Long.toUnsignedString(size), MOST_BYTES)
                + " Send its documents in smaller archives.");
      }
    }
  }

  private static long directorySize(FileChannel channel) throws IOException {
    long length = channel.size();
    int tailLength = (int) Math.min(length, END_LENGTH + LONGEST_COMMENT);
    ByteBuffer tail = read(channel, length - tailLength, tailLength);
    for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE) {
        int size = tail.getInt(at + 12);
        return size == -1
            ? directorySize64(channel, length - tailLength + at)
            : Integer.toUnsignedLong(size);
      }
    }
    return 0;
  }

  private static long directorySize64(FileChannel channel, long end) throws IOException {
    if (end < LOCATOR_LENGTH) {
      return 0;
    }
    ByteBuffer locator = read(channel, end - LOCATOR_LENGTH, LOCATOR_LENGTH);
    if (locator.limit() < LOCATOR_LENGTH || locator.getInt(0) != LOCATOR_SIGNATURE) {
      return 0;
    }
    long at = locator.getLong(8);
    if (at < 0 || at > channel.size() - END64_LENGTH) {
      return 0;
    }
    ByteBuffer end64 = read(channel, at, END64_LENGTH);
    return end64.limit() < END64_LENGTH ? 0 : end64.getLong(40);
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
    return bytes.flip();
  }
}
