/// JSON that others sent, as a small tree.
///
/// Called by: the adapters of channels and models, and whoever keeps small JSON in the database.
/// Calls: jackson-core. Invariant: reading never throws on content: what is missing or of another
/// kind is absent.
@NullMarked
package dev.sandpiper.edge.json;

import org.jspecify.annotations.NullMarked;
