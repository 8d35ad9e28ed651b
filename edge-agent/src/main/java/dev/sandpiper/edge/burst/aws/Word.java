package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.ledger.CloudCounter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the courier says.
sealed interface Word {

  /// It takes tasks.
  record Ready() implements Word {}

  /// A function's answer; `file` is its result, when parsed.
  record Answer(String id, ParseReply reply, @Nullable String file) implements Word {}

  /// The cloud did not take a task.
  record Refused(String id, Fault fault, String message) implements Word {}

  /// What was used since the last such word.
  record Usage(Map<CloudCounter, Long> counts) implements Word {}

  /// What it found out about the cloud.
  record Checks(List<CheckResult> checks) implements Word {}

  /// Documents in the cloud; `more` follow.
  record Listed(List<CloudObject> objects, boolean more) implements Word {}

  /// A document was written.
  record Fetched(String key) implements Word {}

  /// A document was deleted in the cloud.
  record Dropped(String key) implements Word {}

  /// Nothing of this home is left in the cloud.
  record Cleaned(long objects) implements Word {}

  /// An order that is no task failed.
  record Problem(String about, String message) implements Word {}

  /// Something this version does not know.
  record Unknown(String op) implements Word {}
}
