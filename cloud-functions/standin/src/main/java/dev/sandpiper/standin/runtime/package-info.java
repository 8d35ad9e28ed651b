/// What runs inside a function's process before AWS's runtime client does: one class, copied out of
/// here.
///
/// Called by: the JVM that the Lambda host starts. Calls: the runtime client by name. Invariant:
/// when the host is gone, the function is gone.
@NullMarked
package dev.sandpiper.standin.runtime;

import org.jspecify.annotations.NullMarked;
