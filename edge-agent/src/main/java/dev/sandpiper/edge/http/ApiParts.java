package dev.sandpiper.edge.http;

import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import java.util.List;
import java.util.function.Supplier;

/// What the routes work with.
///
/// @param checks every component's state, asked anew each time
public record ApiParts(
    Database database,
    BlobStore blobs,
    Library library,
    JobQueue queue,
    Intake intake,
    Supplier<List<CheckResult>> checks) {}
