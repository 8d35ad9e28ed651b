package dev.sandpiper.edge.courier;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Text in the user metadata of an object, which takes two kilobytes of ASCII: percent-encoded
/// UTF-8, cut where it would be too long.
final class MetadataText {

  private static final int LONGEST = 1_500;

  private MetadataText() {}

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    text.codePoints()
        .mapToObj(Character::toString)
        .map(one -> URLEncoder.encode(one, StandardCharsets.UTF_8).replace("+", "%20"))
        .takeWhile(one -> encoded.length() + one.length() <= LONGEST)
        .forEach(encoded::append);
    return encoded.toString();
  }

  /// The text again; what is not so encoded as it is.
  static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return encoded; // somebody else's metadata
    }
  }
}
