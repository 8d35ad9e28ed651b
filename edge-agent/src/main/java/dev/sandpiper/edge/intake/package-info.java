/// The one door for documents, and the watched folders in front of it.
///
/// Called by: `http`, `cli`, the root package. Calls: `store`, `queue`, `library`, `event`,
/// `config`. Invariant: a document is acknowledged only after its bytes and its job are on the
/// disk.
@NullMarked
package dev.sandpiper.edge.intake;

import org.jspecify.annotations.NullMarked;
