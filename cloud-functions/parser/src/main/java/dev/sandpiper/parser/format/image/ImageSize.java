package dev.sandpiper.parser.format.image;

import dev.sandpiper.parser.detect.Format;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Width and height in pixels, as the header states them.
record ImageSize(long width, long height) {

  private static final int TIFF_WIDTH = 256;
  private static final int TIFF_HEIGHT = 257;
  private static final int TIFF_ENTRY = 12;
  private static final int BIG_TIFF = 43;
  private static final int BIG_TIFF_ENTRY = 20;
  private static final int SHORT = 3;
  private static final int MOST_TIFF_ENTRIES = 200;

  /// The size; `null` when the header is cut off or damaged.
  static @Nullable ImageSize of(Format format, byte[] head) {
    ByteBuffer b = ByteBuffer.wrap(head);
    try {
      return switch (format) {
        case PNG -> new ImageSize(b.getInt(16) & 0xFFFF_FFFFL, b.getInt(20) & 0xFFFF_FFFFL);
        case GIF -> little(b, 6, 8);
        case BMP -> bmp(b.order(ByteOrder.LITTLE_ENDIAN));
        case JPEG -> jpeg(b);
        case WEBP -> webp(b.order(ByteOrder.LITTLE_ENDIAN));
        case TIFF ->
            tiff(b.order(b.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
        default -> null;
      };
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      return null; // the header points beyond what there is
    }
  }

  private static ImageSize little(ByteBuffer b, int width, int height) {
    b.order(ByteOrder.LITTLE_ENDIAN);
    return new ImageSize(b.getShort(width) & 0xFFFF, b.getShort(height) & 0xFFFF);
  }

  private static ImageSize bmp(ByteBuffer b) {
    return b.getInt(14) == 12
        ? little(b, 18, 20)
        : new ImageSize(Math.abs((long) b.getInt(18)), Math.abs((long) b.getInt(22)));
  }

  /// Walks the segments to the frame header.
  private static @Nullable ImageSize jpeg(ByteBuffer b) {
    int at = 2;
    while (at + 9 < b.limit()) {
      if ((b.get(at) & 0xFF) != 0xFF) {
        return null;
      }
      int marker = b.get(at + 1) & 0xFF;
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame) {
        return new ImageSize(b.getShort(at + 7) & 0xFFFF, b.getShort(at + 5) & 0xFFFF);
      }
      boolean filler = marker == 0xFF;
      at += filler ? 1 : 2 + Math.max(2, b.getShort(at + 2) & 0xFFFF);
    }
    return null;
  }

  private static @Nullable ImageSize webp(ByteBuffer b) {
    return switch (b.getInt(12)) {
      case 0x58385056 ->
          new ImageSize((b.getInt(24) & 0xFFFFFF) + 1L, (b.getInt(27) & 0xFFFFFF) + 1L);
      case 0x4C385056 ->
          new ImageSize((b.getInt(21) & 0x3FFF) + 1L, ((b.getInt(21) >> 14) & 0x3FFF) + 1L);
      case 0x20385056 -> new ImageSize(b.getShort(26) & 0x3FFF, b.getShort(28) & 0x3FFF);
      default -> null;
    };
  }

  /// The first directory's entries; BigTIFF has longer numbers at other places.
  private static @Nullable ImageSize tiff(ByteBuffer b) {
    boolean big = b.getShort(2) == BIG_TIFF;
    int directory = Math.toIntExact(big ? b.getLong(8) : b.getInt(4) & 0xFFFF_FFFFL);
    long count = big ? b.getLong(directory) : b.getShort(directory) & 0xFFFF;
    int first = directory + (big ? 8 : 2);
    int length = big ? BIG_TIFF_ENTRY : TIFF_ENTRY;
    long width = 0;
    long height = 0;
    for (int i = 0; i < Math.clamp(count, 0, MOST_TIFF_ENTRIES); i++) {
      int at = first + i * length;
      int tag = b.getShort(at) & 0xFFFF;
      boolean shortValue = b.getShort(at + 2) == SHORT;
      int place = at + (big ? 12 : 8);
      long value = shortValue ? b.getShort(place) & 0xFFFF : b.getInt(place) & 0xFFFF_FFFFL;
      width = tag == TIFF_WIDTH ? value : width;
      height = tag == TIFF_HEIGHT ? value : height;
    }
    return width == 0 || height == 0 ? null : new ImageSize(width, height);
  }

  long pixels() {
    return Math.multiplyHigh(width, height) == 0 ? width * height : Long.MAX_VALUE;
  }
}
