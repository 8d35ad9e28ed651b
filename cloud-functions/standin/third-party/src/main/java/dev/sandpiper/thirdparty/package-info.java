/// Child processes that run other people's stand-ins for AWS: ElasticMQ and Adobe's S3Mock.
///
/// Called by: `dev.sandpiper.standin.thirdparty`, which starts them. Calls: ElasticMQ, and S3Mock
/// with the Spring it brings. Invariant: they listen on loopback only, say where on standard output
/// in a line of its own, and end when their standard input does.
@NullMarked
package dev.sandpiper.thirdparty;

import org.jspecify.annotations.NullMarked;
