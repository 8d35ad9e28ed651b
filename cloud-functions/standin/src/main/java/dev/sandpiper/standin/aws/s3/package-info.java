/// S3 in memory: what the product uses of it, path style, with checksums.
///
/// Called by: the double's front door. Calls: the JDK. Invariant: an object is stored whole, with
/// the checksums that came with it proven, or not at all; what is not implemented is refused.
@NullMarked
package dev.sandpiper.standin.aws.s3;

import org.jspecify.annotations.NullMarked;
