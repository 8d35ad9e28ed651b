/// What models cost, where the configuration does not say: a dated file that came with Sandpiper,
/// and one of the owner's that goes before it.
///
/// Called by: [dev.sandpiper.edge.ModelWiring], and `cli`. Calls: `config`. Invariant: a price that
/// is not known is never taken for zero, and every price has a date and a source.
@NullMarked
package dev.sandpiper.edge.price;

import org.jspecify.annotations.NullMarked;
