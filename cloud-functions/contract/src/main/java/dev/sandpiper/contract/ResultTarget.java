package dev.sandpiper.contract;

/// Where the content of a successful reply goes. A stored result is the same JSON object as an
/// inline reply, with its content.
public sealed interface ResultTarget {

  /// In the reply itself.
  record Inline() implements ResultTarget {}

  /// An S3 object.
  record S3(String bucket, String key) implements ResultTarget {}

  /// A file, relative to the output root that the host names in `SANDPIPER_OUT`. Refused where
  /// there is none, as in Lambda.
  record File(String path) implements ResultTarget {}
}
