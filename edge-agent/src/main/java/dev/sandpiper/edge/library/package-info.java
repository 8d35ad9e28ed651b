/// What has arrived and what has been parsed: documents, their chunks, full-text search.
///
/// Called by: `intake`, `work`, `http`, `cli`. Calls: `store`, `queue`, the wire contract.
/// Invariant: a document is recorded once however often it arrives, and deleted means gone from the
/// disk.
@NullMarked
package dev.sandpiper.edge.library;

import org.jspecify.annotations.NullMarked;
