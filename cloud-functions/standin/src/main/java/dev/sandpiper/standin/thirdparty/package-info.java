/// Other people's stand-ins for AWS as child processes: ElasticMQ, S3Mock, moto.
///
/// Called by: tests of any module, and scripts. Calls: the programs of the module
/// `standin-third-party`, Python for moto. Invariant: they listen on loopback only, their jars are
/// on nobody's class path, and none outlives the process that started it.
@NullMarked
package dev.sandpiper.standin.thirdparty;

import org.jspecify.annotations.NullMarked;
