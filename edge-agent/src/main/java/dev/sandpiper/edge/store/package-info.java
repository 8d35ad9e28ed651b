/// What is on the disk: one SQLite database and a folder of documents and results.
///
/// Called by: `queue`, `library`, `intake`, `work`. Calls: SQLite through JDBC; nobody else sees
/// `java.sql`. Invariant: what was acknowledged survives a power cut.
@NullMarked
package dev.sandpiper.edge.store;

import org.jspecify.annotations.NullMarked;
