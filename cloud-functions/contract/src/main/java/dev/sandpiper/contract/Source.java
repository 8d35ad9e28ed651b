package dev.sandpiper.contract;

import org.jspecify.annotations.Nullable;

/// Where bytes are: in the request itself, in S3, or in a file the host has shared.
public sealed interface Source {

  /// The bytes travel in the request, base64 on the wire. For small documents: Lambda takes about
  /// 4.5 MB of binary this way.
  // The array is not copied: it is the largest thing in the process and its owner hands it over.
  @SuppressWarnings("ArrayRecordComponent")
  record Inline(byte[] bytes) implements Source {}

  /// An S3 object; `versionId` may be `null`.
  record S3(String bucket, String key, @Nullable String versionId) implements Source {}

  /// A file, relative to the input root that the host names in `SANDPIPER_IN`. Refused where there
  /// is none, as in Lambda.
  record File(String path) implements Source {}
}
