/// Who this machine is to AWS: keys, certificates, and what they are exchanged for.
///
/// Called by: `courier` (credentials for the SDK), `cli` and the doctor. Calls: the JDK, and
/// jackson-core for one answer. Invariant: no long-lived access key; a private key never leaves its
/// file; no secret is printable; every failure says what to do next.
@NullMarked
package dev.sandpiper.edge.identity;

import org.jspecify.annotations.NullMarked;
