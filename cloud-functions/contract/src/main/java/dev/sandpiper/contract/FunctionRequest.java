package dev.sandpiper.contract;

/// What a parsing function can be asked: [ParseRequest] or [JoinRequest]. On the wire: one JSON
/// object with `"v":1` and a `type`.
public sealed interface FunctionRequest permits ParseRequest, JoinRequest {

  /// The caller's id of this request, echoed in the reply; at most [#MAX_ID] characters, never
  /// empty.
  String requestId();

  /// The document the request is about.
  DocumentRef document();

  /// Limits the function must keep to.
  Limits limits();

  /// Where the content of a successful reply goes.
  ResultTarget result();

  /// Longest request id, in characters.
  int MAX_ID = 128;

  /// Returns `id` when it is usable as a request id.
  ///
  /// @throws IllegalArgumentException when it is empty or too long
  static String requireId(String id) {
    if (id.isEmpty() || id.length() > MAX_ID) {
      throw new IllegalArgumentException(
          "requestId must have 1 to " + MAX_ID + " characters, not " + id.length());
    }
    return id;
  }
}
