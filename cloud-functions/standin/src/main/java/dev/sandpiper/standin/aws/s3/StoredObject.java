package dev.sandpiper.standin.aws.s3;

import java.time.Instant;
import java.util.Map;

/// An object in a bucket.
///
/// @param etag without quotes
/// @param headers what came with it and goes out with it: `Content-Type`, `x-amz-meta-…`
/// @param checksums by header name, as `x-amz-checksum-crc32`
@SuppressWarnings("ArrayRecordComponent") // the largest thing here; compared by nobody
record StoredObject(
    byte[] body,
    String etag,
    Instant modified,
    Map<String, String> headers,
    Map<String, String> checksums) {

  StoredObject {
    headers = Map.copyOf(headers);
    checksums = Map.copyOf(checksums);
  }
}
