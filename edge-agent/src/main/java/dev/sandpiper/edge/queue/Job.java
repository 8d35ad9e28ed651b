package dev.sandpiper.edge.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job as it stands.
///
/// @param attempts attempts begun, without those the agent's own end interrupted
/// @param kills attempts that killed their worker
/// @param interruptions attempts that ended because the agent did
/// @param lateResults answers that came under an old lease and were ignored
/// @param dueAt when it can be claimed; `null` when it cannot
/// @param parent the job it is a part of
/// @param ordinal its place among the parts, from 0
/// @param reason why it is parked, or why the last attempt failed
/// @param outcome how it ended, as JSON
public record Job(
    long id,
    String kind,
    JobState state,
    Priority priority,
    String subject,
    String payload,
    @Nullable Long batch,
    int attempts,
    int kills,
    int interruptions,
    int lateResults,
    @Nullable Instant dueAt,
    @Nullable Long parent,
    @Nullable Integer ordinal,
    @Nullable String reason,
    @Nullable String outcome,
    Instant created,
    Instant updated) {}
