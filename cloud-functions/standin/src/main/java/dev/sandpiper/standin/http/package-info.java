/// A small HTTP server on loopback whose handlers may block, and whose answers may be broken on
/// purpose.
///
/// Called by: the Lambda host and the AWS double. Calls: Netty. Invariant: it is bound to
/// 127.0.0.1, bodies are bounded, and every handler runs on a virtual thread of its own.
@NullMarked
package dev.sandpiper.standin.http;

import org.jspecify.annotations.NullMarked;
