package dev.sandpiper.standin.aws.s3;

import dev.sandpiper.standin.aws.fault.RefusedException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// S3's checksums, by the names of their headers.
final class Checksums {

  static final String CRC32 = "x-amz-checksum-crc32";
  private static final String CRC32C = "x-amz-checksum-crc32c";
  private static final String SHA1 = "x-amz-checksum-sha1";
  private static final String SHA256 = "x-amz-checksum-sha256";
  private static final List<String> KNOWN = List.of(CRC32, CRC32C, SHA1, SHA256);
  private static final int HEX_SHA256 = 64;

  private Checksums() {}

  static boolean known(String header) {
    return KNOWN.contains(header);
  }

  /// The header's name for an algorithm as the API names it, such as `CRC32`.
  static String header(String algorithm) {
    return "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT);
  }

  /// In base64.
  static String of(String header, byte[] content) {
    byte[] raw =
        switch (header) {
          case CRC32 -> crc(new CRC32(), content);
          case CRC32C -> crc(new CRC32C(), content);
          case SHA1 -> digest("SHA-1", content);
          case SHA256 -> digest("SHA-256", content);
          default -> throw new IllegalArgumentException("no checksum is called " + header);
        };
    return Base64.getEncoder().encodeToString(raw);
  }

  static void prove(String header, String value, byte[] content) throws RefusedException {
    if (!of(header, content).equals(value)) {
      throw new RefusedException(
          400,
          "BadDigest",
          "The "
              + header.substring("x-amz-checksum-".length()).toUpperCase(Locale.ROOT)
              + " you specified did not match the calculated checksum.");
    }
  }

  static void proveMd5(String value, byte[] content) throws RefusedException {
    if (!value.isEmpty()
        && !Base64.getEncoder().encodeToString(digest("MD5", content)).equals(value)) {
      throw new RefusedException(
          400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
  }

  /// @param declared `x-amz-content-sha256`: a hash, or one of several words
  static void proveSha256(String declared, byte[] content) throws RefusedException {
    if (declared.length() == HEX_SHA256 && !hex("SHA-256", content).equals(declared)) {
      throw new RefusedException(
          400,
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
  }

  static String etag(byte[] content) {
    return hex("MD5", content);
  }

  static String hex(String algorithm, byte[] content) {
    return HexFormat.of().formatHex(digest(algorithm, content));
  }

  private static byte[] crc(Checksum checksum, byte[] content) {
    checksum.update(content, 0, content.length);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
  }

  static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
