package dev.sandpiper.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where one device's documents and results stand in the cloud's buckets.
///
/// A document is `in/<device>/<sha256>`, a result `out/<device>/<sha256>.<requestId>`. The id under
/// which the cloud knows a request is `<sha256>.<requestId>`: from any result message follow both
/// keys, so whoever finds one can clean up after it without a memory of the request.
///
/// @param device the device's name
public record ObjectKeys(String device) {

  /// What a device may be called.
  public static final String DEVICE_PATTERN = "[a-z][a-z0-9-]{0,31}";

  /// Longest id of a request on the edge, in characters: with the hash it makes the wire's id.
  public static final int MAX_REQUEST_ID = FunctionRequest.MAX_ID - 64 - 1;

  private static final Pattern DEVICE = Pattern.compile(DEVICE_PATTERN);
  private static final Pattern KEY = Pattern.compile("(in|out)/(" + DEVICE_PATTERN + ")/.+");
  private static final Pattern WIRE_ID = Pattern.compile("([0-9a-f]{64})\\.(.+)");

  public ObjectKeys {
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "a device's name is up to 32 lower-case letters, digits and hyphens, a letter first, not \""
              + device
              + "\"");
    }
  }

  /// A request as the cloud knows it.
  ///
  /// @param sha256 hash of the document
  /// @param requestId the edge's own id of the request
  public record CloudRequest(String sha256, String requestId) {

    public CloudRequest {
      DocumentRef.requireSha256(sha256);
      if (requestId.isEmpty() || requestId.length() > MAX_REQUEST_ID) {
        throw new IllegalArgumentException(
            "a request's id has 1 to " + MAX_REQUEST_ID + " characters, not " + requestId.length());
      }
    }

    /// The id on the wire.
    public String wireId() {
      return sha256 + "." + requestId;
    }

    /// Reads an id from the wire; empty when it is not one of ours.
    public static Optional<CloudRequest> find(String wireId) {
      Matcher matcher = WIRE_ID.matcher(wireId);
      return matcher.matches() && matcher.group(2).length() <= MAX_REQUEST_ID
          ? Optional.of(new CloudRequest(matcher.group(1), matcher.group(2)))
          : Optional.empty();
    }
  }

  /// Prefix of every document of this device.
  public String documents() {
    return "in/" + device + "/";
  }

  /// Prefix of every result of this device.
  public String results() {
    return "out/" + device + "/";
  }

  /// Key of a document.
  public String document(String sha256) {
    return documents() + DocumentRef.requireSha256(sha256);
  }

  /// Key of a request's result.
  public String result(CloudRequest request) {
    return results() + request.wireId();
  }

  /// The device a key belongs to; empty when it is no key of ours.
  public static Optional<ObjectKeys> owner(String key) {
    Matcher matcher = KEY.matcher(key);
    return matcher.matches() ? Optional.of(new ObjectKeys(matcher.group(2))) : Optional.empty();
  }
}
