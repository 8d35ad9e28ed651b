/// The HTTP door: a Netty server with limits on everything, and the routes behind it.
///
/// Called by: the root package. Calls: `intake`, `queue`, `library`, `event`, `health`, `config`.
/// Invariant: nothing blocks the event loop; an upload is answered only after it is on the disk; no
/// request is served without the token, except `/healthz`.
@NullMarked
package dev.sandpiper.edge.http;

import org.jspecify.annotations.NullMarked;
