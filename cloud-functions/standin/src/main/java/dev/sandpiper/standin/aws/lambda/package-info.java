/// Lambda's `Invoke`, in front of whatever functions are plugged in.
///
/// Called by: the double's front door. Calls: `Function`. Invariant: a function's failure is status
/// 200 with `X-Amz-Function-Error`; only Lambda's own refusals have another.
@NullMarked
package dev.sandpiper.standin.aws.lambda;

import org.jspecify.annotations.NullMarked;
