package dev.sandpiper.edge.http;

import dev.sandpiper.edge.burst.BurstControl;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What the routes work with.
///
/// @param burst the way to the cloud; empty: there is none
/// @param checks every component's state, asked anew each time
public record ApiParts(
    Database database,
    BlobStore blobs,
    Library library,
    JobQueue queue,
    Intake intake,
    Optional<BurstControl> burst,
    Supplier<List<CheckResult>> checks) {}
