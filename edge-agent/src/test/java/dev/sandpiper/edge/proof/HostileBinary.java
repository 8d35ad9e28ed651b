package dev.sandpiper.edge.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// Legacy Office containers and images whose tables loop and whose sizes lie.
final class HostileBinary {

  private static final int SECTOR = 512;
  private static final int END = -2;

  private HostileBinary() {}

  static List<HostileFile> files() {
    byte[] jpeg = new byte[64];
    ByteBuffer.wrap(jpeg)
        .putInt(0xFFD8FFC0)
        .putShort((short) 17)
        .put((byte) 8)
        .putShort((short) 0xFFDC)
        .putShort((short) 0xFFDC)
        .put((byte) 3);
    return List.of(
        new HostileFile("sectors-in-a-circle.doc", ole(1, 1, 0)),
        new HostileFile("sectors-in-a-circle.msg", ole(1, 1, 0)),
        new HostileFile("folders-in-a-circle.xls", ole(END, 1, 1)),
        new HostileFile("table-is-itself.ppt", ole(0, 0x7FFFFFFF, 1)),
        new HostileFile(
            "two-billion-square.png",
            png(0x7FFFFFFF, 0x7FFFFFFF, "IDAT", Deflated.zlib(new byte[] {0}, 64))),
        new HostileFile(
            "text-chunk-bomb.png",
            png(
                1,
                1,
                "zTXt",
                concat("a\0\0".getBytes(US_ASCII), Deflated.zlib(new byte[] {65}, 3000)))),
        new HostileFile(
            "chunk-of-2-gigabytes.png",
            Arrays.copyOf(png(1, 1, "IDAT", new byte[] {127, -1, -1, -1}), 45)),
        new HostileFile("screen-65535-square.gif", gif()),
        new HostileFile("directory-in-a-circle.tiff", tiff(8)),
        new HostileFile("directory-outside.tiff", tiff(0x7FFFFFF0)),
        new HostileFile("negative-size.bmp", bmp()),
        new HostileFile("frame-65500-square.jpg", jpeg),
        new HostileFile("canvas-16777216-square.webp", webp()),
        new HostileFile("noise.bin", noise()));
  }

  /// An OLE2 container of a header, a FAT sector and a directory sector.
  ///
  /// @param next what follows the directory sector in the FAT
  /// @param start where the one stream begins
  /// @param child the root's child; 1 has itself as both siblings
  private static byte[] ole(int next, int start, int child) {
    ByteBuffer file = ByteBuffer.allocate(SECTOR * 3).order(ByteOrder.LITTLE_ENDIAN);
    file.put(
        new byte[] {
          (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
        });
    file.position(24)
        .putShort((short) 0x3E)
        .putShort((short) 3)
        .putShort((short) -2)
        .putShort((short) 9)
        .putShort((short) 6);
    file.position(44)
        .putInt(1)
        .putInt(1)
        .putInt(0)
        .putInt(4096)
        .putInt(1)
        .putInt(1)
        .putInt(1)
        .putInt(0x7FFFFFFF)
        .putInt(0);
    while (file.position() < SECTOR) {
      file.putInt(-1);
    }
    file.putInt(-3).putInt(next);
    while (file.position() < 2 * SECTOR) {
      file.putInt(1);
    }
    entry(file, 2 * SECTOR, "Root Entry", 5, child, start);
    for (int i = 1; i < 4; i++) {
      entry(
          file,
          2 * SECTOR + 128 * i,
          i == 1 ? "WordDocument" : "Workbook",
          i == 1 ? 2 : 1,
          1,
          start);
    }
    return file.array();
  }

  private static void entry(ByteBuffer file, int at, String name, int type, int child, int start) {
    file.position(at).put(name.getBytes(UTF_16LE));
    file.position(at + 64).putShort((short) (2 * name.length() + 2)).put((byte) type).put((byte) 1);
    file.putInt(1).putInt(1).putInt(child);
    file.position(at + 116).putInt(start).putLong(0x7FFFFFFFL);
  }

  private static byte[] png(int width, int height, String type, byte[] data) {
    ByteBuffer size =
        ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {16, 6, 0, 0, 0});
    byte[] magic = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    return concat(magic, concat(chunk("IHDR", size.array()), chunk(type, data)));
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] named = concat(type.getBytes(US_ASCII), data);
    CRC32 crc = new CRC32();
    crc.update(named);
    return ByteBuffer.allocate(named.length + 8)
        .putInt(data.length)
        .put(named)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] gif() {
    byte[] head = concat("GIF89a".getBytes(US_ASCII), new byte[] {-1, -1, -1, -1, 0, 0, 0});
    byte[] frame = {0x2C, 0, 0, 0, 0, -1, -1, -1, -1, 0, 8, 1, 0};
    byte[] frames = new byte[frame.length * 50_000];
    for (int i = 0; i < frames.length; i += frame.length) {
      System.arraycopy(frame, 0, frames, i, frame.length);
    }
    return concat(head, frames);
  }

  private static byte[] tiff(int next) {
    ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) 2);
    file.putShort((short) 256).putShort((short) 4).putInt(0x7FFFFFFF).putInt(8);
    file.putShort((short) 257).putShort((short) 4).putInt(1).putInt(-1);
    return file.putInt(next).array();
  }

  private static byte[] bmp() {
    ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(64).putInt(0).putInt(54).putInt(40);
    return file.putInt(Integer.MIN_VALUE)
        .putInt(Integer.MIN_VALUE)
        .putShort((short) 1)
        .putShort((short) 32)
        .array();
  }

  private static byte[] webp() {
    ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(US_ASCII))
        .putInt(-1)
        .put("WEBPVP8X".getBytes(US_ASCII))
        .putInt(10)
        .putInt(0);
    return file.put(new byte[] {-1, -1, -1, -1, -1, -1}).array();
  }

  private static byte[] noise() {
    byte[] noise = new byte[100_000];
    int state = 42;
    for (int i = 0; i < noise.length; i++) {
      state = state * 1_103_515_245 + 12_345;
      noise[i] = (byte) (state >>> 16);
    }
    return noise;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
