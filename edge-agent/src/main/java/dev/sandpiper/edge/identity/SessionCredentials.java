package dev.sandpiper.edge.identity;

import java.time.Instant;

/// Credentials for AWS that end by themselves. The secret and the token cannot be printed.
///
/// @param accessKeyId names the credentials; no secret
/// @param secretAccessKey signs requests
/// @param sessionToken goes with every request
/// @param expiresAt no request is accepted after it
public record SessionCredentials(
    String accessKeyId, String secretAccessKey, String sessionToken, Instant expiresAt) {

  /// Longest part taken, in characters: AWS names no limit, known tokens have about 1,000.
  static final int LONGEST_PART = 16_384;

  public SessionCredentials {
    require("access key id", accessKeyId);
    require("secret access key", secretAccessKey);
    require("session token", sessionToken);
  }

  private static void require(String what, String value) {
    if (value.isEmpty() || value.length() > LONGEST_PART) {
      throw new IllegalArgumentException(
          "the %s must have 1 to %,d characters, not %,d"
              .formatted(what, LONGEST_PART, value.length()));
    }
  }

  @Override
  public String toString() {
    return "SessionCredentials[" + accessKeyId + ", ***, until " + expiresAt + "]";
  }
}
