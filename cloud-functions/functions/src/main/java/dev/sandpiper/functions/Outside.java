package dev.sandpiper.functions;

import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.Source;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// What fetching and storing have in common.
final class Outside {

  private Outside() {}

  /// The object store.
  ///
  /// @param role `source` or `result`, for the message
  /// @throws RefusedException when this host has none
  static ObjectStore require(@Nullable ObjectStore objects, String role) {
    if (objects == null) {
      throw RefusedException.rejected(
          RejectCode.SOURCE_REFUSED,
          "The " + role + " is in S3, which this host cannot reach. Use a file or inline bytes.");
    }
    return objects;
  }

  static String describe(Source source) {
    return switch (source) {
      case Source.Inline _ -> "the inline bytes";
      case Source.File(String path) -> path;
      case Source.S3(String bucket, String key, _) -> "s3://" + bucket + "/" + key;
    };
  }

  static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
