package dev.sandpiper.standin.source;

import dev.sandpiper.standin.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which messages of a batch a function's answer has done.
///
/// @param done ids to be deleted; the others come again
/// @param wellFormed whether the answer was one that Lambda understands
record BatchVerdict(Set<String> done, boolean wellFormed) {

  private static final String FAILURES = "batchItemFailures";
  private static final String IDENTIFIER = "itemIdentifier";

  BatchVerdict {
    done = Set.copyOf(done);
  }

  /// By the rules of `ReportBatchItemFailures`: nothing, `null` or an empty list is success;
  /// anything malformed, and any id that is not of this batch, fails the whole of it.
  static BatchVerdict of(byte[] answer, Set<String> batch) {
    String text = new String(answer, StandardCharsets.UTF_8).strip();
    if (text.isEmpty() || text.equals("null") || text.equals("\"\"")) {
      return new BatchVerdict(batch, true);
    }
    try {
      Map<String, Object> json = Json.object(answer);
      if (!json.containsKey(FAILURES)) {
        return new BatchVerdict(batch, true);
      }
      return json.get(FAILURES) instanceof List<?> list ? without(list, batch) : nothing();
    } catch (IOException _) {
      return nothing();
    }
  }

  private static BatchVerdict without(List<?> failures, Set<String> batch) {
    Set<String> done = new HashSet<>(batch);
    for (Object failure : failures) {
      if (!(failure instanceof Map<?, ?> map)
          || !(map.get(IDENTIFIER) instanceof String id)
          || !batch.contains(id)) {
        return nothing();
      }
      done.remove(id);
    }
    return new BatchVerdict(done, true);
  }

  static BatchVerdict nothing() {
    return new BatchVerdict(Set.of(), false);
  }
}
