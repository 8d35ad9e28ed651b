/// A whole deployment on this machine: the double with the plant's buckets and queues, and the very
/// function zip behind them.
///
/// Called by: tests and scripts of the edge. Calls: `aws`, `lambda`, `source`. Invariant: names and
/// environment are those of the templates.
@NullMarked
package dev.sandpiper.standin.plant;

import org.jspecify.annotations.NullMarked;
