package dev.sandpiper.edge.burst;

import dev.sandpiper.contract.ParseReply;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a backend answers.
///
/// @param reply the function's reply, or one the backend made for a worker that could not
/// @param result file with the stored result (a whole reply with content), the caller's to move or
///   delete; `null` unless parsed
/// @param worker which worker ran it, for messages
/// @param settled to be called once, when what came of the answer is on the disk or given up: a
///   backend far away then removes its copies. Until then they can give the answer again
public record BurstAnswer(
    ParseReply reply, @Nullable Path result, String worker, Runnable settled) {

  /// An answer of which the backend keeps nothing.
  public BurstAnswer(ParseReply reply, @Nullable Path result, String worker) {
    this(reply, result, worker, () -> {});
  }
}
