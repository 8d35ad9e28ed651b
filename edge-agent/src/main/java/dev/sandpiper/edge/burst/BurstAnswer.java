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
public record BurstAnswer(ParseReply reply, @Nullable Path result, String worker) {}
