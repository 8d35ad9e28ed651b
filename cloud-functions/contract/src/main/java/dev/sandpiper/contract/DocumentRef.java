package dev.sandpiper.contract;

import org.jspecify.annotations.Nullable;

/// A document and where its bytes are.
///
/// @param name file name as the person knows it, a hint only: the format is detected from the
///   content
/// @param sha256 SHA-256 of the bytes, 64 lower-case hexadecimal digits; the function verifies it
/// @param size length in bytes
/// @param mediaType media type the sender claimed, a hint only; `null` when unknown
/// @param source where the bytes are
public record DocumentRef(
    String name, String sha256, long size, @Nullable String mediaType, Source source) {

  public DocumentRef {
    requireSha256(sha256);
    if (size < 0) {
      throw new IllegalArgumentException("document.size must not be negative: " + size);
    }
  }

  /// Returns `hex` when it is a SHA-256 in lower-case hexadecimal.
  ///
  /// @throws IllegalArgumentException when it is not
  public static String requireSha256(String hex) {
    boolean wellFormed = hex.length() == 64;
    for (int i = 0; wellFormed && i < 64; i++) {
      char c = hex.charAt(i);
      wellFormed = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    if (!wellFormed) {
      throw new IllegalArgumentException("sha256 must be 64 lower-case hexadecimal digits");
    }
    return hex;
  }
}
