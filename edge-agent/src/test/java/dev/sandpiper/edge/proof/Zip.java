package dev.sandpiper.edge.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/// Writes ZIP files field by field, so that every field can lie.
final class Zip {

  static final int STORED = 0;
  static final int DEFLATED = 8;

  /// An entry.
  ///
  /// @param flags general purpose bits; 1 is encrypted
  /// @param attributes external attributes; the upper half is the unix mode
  /// @param size what the entry claims to expand to
  // The array is not copied: see HostileFile.
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String name, int flags, int method, long attributes, long size, byte[] data) {

    static Entry text(String name, String text) {
      return stored(name, text.getBytes(UTF_8));
    }

    static Entry stored(String name, byte[] data) {
      return new Entry(name, 0, STORED, 0, data.length, data);
    }

    static Entry deflated(String name, byte[] data, long size) {
      return new Entry(name, 0, DEFLATED, 0, size, data);
    }
  }

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int count;

  /// Adds an entry with its data.
  Zip add(Entry entry) {
    return list(entry, local(entry));
  }

  /// Writes a local header and data without listing them; returns where they are.
  int local(Entry entry) {
    int offset = body.size();
    byte[] name = entry.name().getBytes(UTF_8);
    byte[] bytes = new byte[30 + name.length];
    ByteBuffer header = little(bytes).putInt(0x04034b50);
    common(header, entry).putShort((short) name.length).putShort((short) 0).put(name);
    body.writeBytes(bytes);
    body.writeBytes(entry.data());
    return offset;
  }

  /// Lists an entry whose data are at `offset`.
  Zip list(Entry entry, int offset) {
    byte[] name = entry.name().getBytes(UTF_8);
    byte[] bytes = new byte[46 + name.length];
    ByteBuffer header = little(bytes).putInt(0x02014b50).putShort((short) 0x0314);
    common(header, entry).putShort((short) name.length).putShort((short) 0).putShort((short) 0);
    header.putShort((short) 0).putShort((short) 0).putInt((int) entry.attributes());
    header.putInt(offset).put(name);
    directory.writeBytes(bytes);
    count++;
    return this;
  }

  byte[] bytes() {
    int start = body.size();
    body.writeBytes(directory.toByteArray());
    byte[] bytes = new byte[22];
    ByteBuffer end = little(bytes).putInt(0x06054b50).putInt(0).putShort((short) count);
    end.putShort((short) count).putInt(directory.size()).putInt(start).putShort((short) 0);
    body.writeBytes(bytes);
    return body.toByteArray();
  }

  private static ByteBuffer common(ByteBuffer header, Entry entry) {
    CRC32 crc = new CRC32();
    if (entry.method() == STORED) {
      crc.update(entry.data());
    }
    return header
        .putShort((short) 20)
        .putShort((short) (entry.flags() | 0x800))
        .putShort((short) entry.method())
        .putShort((short) 0)
        .putShort((short) 0x5a21)
        .putInt((int) crc.getValue())
        .putInt(entry.data().length)
        .putInt((int) entry.size());
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
