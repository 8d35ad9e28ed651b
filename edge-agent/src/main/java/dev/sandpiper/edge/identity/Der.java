package dev.sandpiper.edge.identity;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// Writes the few kinds of DER elements that keys, requests and certificates are made of.
final class Der {

  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BITS = 0x03;
  static final int OCTETS = 0x04;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;

  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;

  /// RFC 5280: UTCTime until 2049, GeneralizedTime from 2050.
  private static final int FIRST_GENERALIZED_YEAR = 2050;

  private static final DateTimeFormatter SHORT_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LONG_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] element(int tag, byte[]... contents) {
    int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    writeLength(out, length);
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    byte[] bytes = BigInteger.valueOf(length).toByteArray();
    int skip = bytes[0] == 0 ? 1 : 0;
    out.write(0x80 | (bytes.length - skip));
    out.write(bytes, skip, bytes.length - skip);
  }

  static byte[] sequence(byte[]... contents) {
    return element(SEQUENCE, contents);
  }

  static byte[] integer(BigInteger value) {
    return element(INTEGER, value.toByteArray());
  }

  static byte[] integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  static byte[] octets(byte[] content) {
    return element(OCTETS, content);
  }

  static byte[] bits(byte[] content) {
    return element(BITS, new byte[] {0}, content);
  }

  /// Named bits, as in a key usage: the last `unused` bits of the byte mean nothing.
  static byte[] namedBits(int value, int unused) {
    return element(BITS, new byte[] {(byte) unused, (byte) value});
  }

  static byte[] yes() {
    return element(BOOLEAN, new byte[] {(byte) 0xff});
  }

  /// An element of number `number` whose meaning the context gives.
  static byte[] tagged(int number, byte[]... contents) {
    return element(0xa0 | number, contents);
  }

  static byte[] oid(String dotted) {
    int[] arcs = Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      int shift = 28;
      while (shift > 0 && arcs[i] >>> shift == 0) {
        shift -= 7;
      }
      for (; shift > 0; shift -= 7) {
        out.write(0x80 | ((arcs[i] >>> shift) & 0x7f));
      }
      out.write(arcs[i] & 0x7f);
    }
    return element(OID, out.toByteArray());
  }

  static byte[] time(Instant time) {
    boolean isShort = time.atZone(ZoneOffset.UTC).getYear() < FIRST_GENERALIZED_YEAR;
    String text = (isShort ? SHORT_TIME : LONG_TIME).format(time);
    return element(isShort ? UTC_TIME : GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }
}
