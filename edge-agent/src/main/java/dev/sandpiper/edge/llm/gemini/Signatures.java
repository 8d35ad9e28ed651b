package dev.sandpiper.edge.llm.gemini;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the model was thinking when it called a tool, sealed by Google, to be sent back with the
/// call. The latest are remembered; a call whose seal is not (after a restart, or of another model)
/// is sent with the word that Google takes in its place.
final class Signatures {

  private static final String NONE = "skip_thought_signature_validator";
  private static final int MOST = 64;
  private static final int LONGEST = 32_768;

  private final Map<String, String> byCall = new LinkedHashMap<>();

  synchronized void keep(String callId, String signature) {
    if (signature.isEmpty() || signature.length() > LONGEST) {
      return;
    }
    byCall.put(callId, signature);
    if (byCall.size() > MOST) {
      byCall.remove(byCall.keySet().iterator().next());
    }
  }

  /// The seal of a call.
  synchronized String of(String callId) {
    return byCall.getOrDefault(callId, NONE);
  }
}
