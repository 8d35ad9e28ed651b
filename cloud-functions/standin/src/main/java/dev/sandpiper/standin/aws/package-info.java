/// S3, SQS and Lambda's `Invoke` in one loopback server, fast and in memory, with faults that can
/// be switched.
///
/// Called by: tests of every module, scripts through [AwsDoubleMain]. Calls: its services, the
/// loopback server. Invariant: to the AWS SDK it behaves as the contract tests have seen others do.
@NullMarked
package dev.sandpiper.standin.aws;

import org.jspecify.annotations.NullMarked;
