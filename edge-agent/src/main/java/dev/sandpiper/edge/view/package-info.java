/// How documents, jobs and hits look in JSON, the same over HTTP and on the command line.
///
/// Called by: `http`, `cli`. Calls: `library`, `queue`, `health`, `intake`. Invariant: field names
/// are written here and nowhere else.
@NullMarked
package dev.sandpiper.edge.view;

import org.jspecify.annotations.NullMarked;
