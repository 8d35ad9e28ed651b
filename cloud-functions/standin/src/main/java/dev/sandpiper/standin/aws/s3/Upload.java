package dev.sandpiper.standin.aws.s3;

import dev.sandpiper.standin.aws.fault.RefusedException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A multipart upload.
///
/// @param headers of the object to come
/// @param checksum header name of the parts' checksums; empty for none
record Upload(
    String key, Map<String, String> headers, String checksum, Map<Integer, Payload> parts) {

  private static final int LEAST_PART = 5 << 20;
  private static final int MOST_PARTS = 10_000;

  Upload {
    headers = Map.copyOf(headers);
  }

  static Upload of(String key, Map<String, String> headers, String checksum) {
    return new Upload(key, headers, checksum, new ConcurrentHashMap<>());
  }

  /// Keeps a part, in place of an earlier one of the same number.
  void put(int number, Payload part) throws RefusedException {
    if (number < 1 || number > MOST_PARTS) {
      throw new RefusedException(
          400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
    }
    parts.put(number, part);
  }

  /// Makes the object.
  ///
  /// @param listed what the client says the parts are
  StoredObject complete(List<Map<String, String>> listed, Instant now) throws RefusedException {
    if (listed.isEmpty()) {
      throw new RefusedException(400, "MalformedXML", "You must specify at least one part");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    ByteArrayOutputStream sums = new ByteArrayOutputStream();
    for (Payload part : proven(listed)) {
      body.writeBytes(part.content());
      hashes.writeBytes(Checksums.digest("MD5", part.content()));
      if (!checksum.isEmpty()) {
        sums.writeBytes(Base64.getDecoder().decode(Checksums.of(checksum, part.content())));
      }
    }
    Map<String, String> checksums = new HashMap<>();
    if (!checksum.isEmpty()) {
      checksums.put(checksum, Checksums.of(checksum, sums.toByteArray()) + "-" + listed.size());
    }
    return new StoredObject(
        body.toByteArray(),
        Checksums.etag(hashes.toByteArray()) + "-" + listed.size(),
        now,
        headers,
        checksums);
  }

  private List<Payload> proven(List<Map<String, String>> listed) throws RefusedException {
    List<Payload> proven = new ArrayList<>();
    int last = 0;
    for (Map<String, String> one : listed) {
      int number = number(one.getOrDefault("PartNumber", ""));
      if (number <= last) {
        throw new RefusedException(
            400,
            "InvalidPartOrder",
            "The list of parts was not in ascending order. Parts must be ordered by part number.");
      }
      last = number;
      proven.add(part(number, one));
    }
    for (Payload part : proven.subList(0, proven.size() - 1)) {
      if (part.content().length < LEAST_PART) {
        throw new RefusedException(
            400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
      }
    }
    return proven;
  }

  private Payload part(int number, Map<String, String> listed) throws RefusedException {
    Payload part = parts.get(number);
    String etag = listed.getOrDefault("ETag", "").replace("\"", "");
    if (part == null || !Checksums.etag(part.content()).equals(etag)) {
      throw new RefusedException(
          400,
          "InvalidPart",
          "One or more of the specified parts could not be found.  The part may not have been"
              + " uploaded, or the specified entity tag may not match the part's entity tag.");
    }
    return part;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
