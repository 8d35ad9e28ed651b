/// Lambda handlers around the parser: fetch, parse, store, reply.
///
/// Called by: the Lambda runtime, on AWS and in the edge's local workers. Calls: `parser` to parse
/// and render, `contract` for every message, `aws` where the environment names buckets. Invariant:
/// a request is always answered with a reply; only running out of memory ends the worker instead.
@NullMarked
package dev.sandpiper.functions;

import org.jspecify.annotations.NullMarked;
