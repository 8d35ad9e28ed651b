/// Parsing as a job: a lease becomes a burst task, its answer becomes one transaction.
///
/// Called by: [dev.sandpiper.edge.work.WorkLoop]. Calls: `burst` to parse, `library` and `queue` to
/// record what came of it. Invariant: the result in the library and the end of the job are one
/// transaction; a stale lease changes nothing.
@NullMarked
package dev.sandpiper.edge.work.parse;

import org.jspecify.annotations.NullMarked;
