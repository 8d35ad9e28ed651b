/// S3 and SQS through the AWS SDK.
///
/// Called by: `FunctionWiring`, where the environment names buckets. Calls: the ports of
/// `functions`, the AWS SDK. Invariant: without that environment no class of the SDK is loaded;
/// every call is bounded in time, attempts and bytes.
@NullMarked
package dev.sandpiper.functions.aws;

import org.jspecify.annotations.NullMarked;
