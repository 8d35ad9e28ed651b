package dev.sandpiper.edge.proof;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/// Deflate streams that grow far beyond what they weigh, made without compressing all of it: a
/// fully flushed block may be repeated.
final class Deflated {

  private static final int BLOCK = 1 << 20;

  private Deflated() {}

  /// A raw deflate stream of `mebibytes` MiB that repeat `unit`.
  static byte[] raw(byte[] unit, int mebibytes) {
    return stream(unit, mebibytes, true);
  }

  /// The same with a zlib header, as PDF wants it; without the checksum, which readers forgive.
  static byte[] zlib(byte[] unit, int mebibytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x78);
    out.write(0xDA);
    out.writeBytes(stream(unit, mebibytes, true));
    return out.toByteArray();
  }

  private static byte[] stream(byte[] unit, int mebibytes, boolean raw) {
    byte[] plain = new byte[BLOCK / unit.length * unit.length];
    for (int i = 0; i < plain.length; i += unit.length) {
      System.arraycopy(unit, 0, plain, i, unit.length);
    }
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, raw);
    deflater.setInput(plain);
    byte[] buffer = new byte[BLOCK + 1024];
    int length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
    byte[] block = Arrays.copyOf(buffer, length);
    deflater.finish();
    byte[] end = Arrays.copyOf(buffer, deflater.deflate(buffer));
    deflater.end();
    ByteArrayOutputStream out = new ByteArrayOutputStream(block.length * mebibytes + 16);
    for (int i = 0; i < mebibytes; i++) {
      out.writeBytes(block);
    }
    out.writeBytes(end);
    return out.toByteArray();
  }
}
