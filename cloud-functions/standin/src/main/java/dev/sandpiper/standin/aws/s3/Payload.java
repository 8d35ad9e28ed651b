package dev.sandpiper.standin.aws.s3;

import dev.sandpiper.standin.aws.fault.RefusedException;
import dev.sandpiper.standin.http.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// A request's content, taken out of the `aws-chunked` frames that the SDK puts around it.
///
/// @param checksums from headers and trailers, by header name
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Payload(byte[] content, Map<String, String> checksums) {

  private static final String CHECKSUM = "x-amz-checksum-";
  private static final String NEWLINE = "\r\n";

  Payload {
    checksums = Map.copyOf(checksums);
  }

  /// Reads and proves it.
  ///
  /// @throws RefusedException when a frame, a length or a checksum is wrong
  static Payload of(Request request) throws RefusedException {
    Map<String, String> found = new HashMap<>();
    request.headers().forEach((name, value) -> keep(found, name, value));
    byte[] content = request.body();
    String declared = request.header("x-amz-content-sha256");
    if (declared.startsWith("STREAMING-")
        || request.header("content-encoding").contains("aws-chunked")) {
      content = unframe(content, found);
      String length = request.header("x-amz-decoded-content-length");
      if (!length.equals(String.valueOf(content.length))) {
        throw new RefusedException(
            400,
            "IncompleteBody",
            "You did not provide the number of bytes specified by the Content-Length HTTP header");
      }
    } else {
      Checksums.proveSha256(declared, content);
    }
    Checksums.proveMd5(request.header("content-md5"), content);
    for (Map.Entry<String, String> checksum : found.entrySet()) {
      Checksums.prove(checksum.getKey(), checksum.getValue(), content);
    }
    return new Payload(content, found);
  }

  private static void keep(Map<String, String> found, String name, String value) {
    if (name.startsWith(CHECKSUM) && Checksums.known(name)) {
      found.put(name, value);
    }
  }

  private static byte[] unframe(byte[] framed, Map<String, String> trailers)
      throws RefusedException {
    ByteArrayOutputStream content = new ByteArrayOutputStream(framed.length);
    int at = 0;
    while (true) {
      int end = lineEnd(framed, at);
      String head = new String(framed, at, end - at, StandardCharsets.ISO_8859_1);
      int size = size(head);
      at = end + NEWLINE.length();
      if (size == 0) {
        break;
      }
      if (size > framed.length - at - NEWLINE.length()) {
        throw malformed();
      }
      content.write(framed, at, size);
      at += size + NEWLINE.length();
    }
    while (at < framed.length) {
      int end = lineEnd(framed, at);
      String line = new String(framed, at, end - at, StandardCharsets.ISO_8859_1);
      int colon = line.indexOf(':');
      if (colon > 0) {
        keep(
            trailers,
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
      at = end + NEWLINE.length();
    }
    return content.toByteArray();
  }

  private static int size(String head) throws RefusedException {
    int semicolon = head.indexOf(';');
    try {
      return Integer.parseUnsignedInt(semicolon < 0 ? head : head.substring(0, semicolon), 16);
    } catch (NumberFormatException _) {
      throw malformed();
    }
  }

  private static int lineEnd(byte[] bytes, int from) throws RefusedException {
    for (int i = from; i + 1 < bytes.length; i++) {
      if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
        return i;
      }
    }
    throw malformed();
  }

  private static RefusedException malformed() {
    return new RefusedException(400, "IncompleteBody", "The request body terminated unexpectedly");
  }
}
