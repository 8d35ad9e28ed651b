/// Lambda on this machine: function zips under AWS's own runtime client, in child JVMs laid out as
/// the managed runtime does.
///
/// Called by: tests, the event source and the AWS double. Calls: the loopback server for the
/// Runtime API, the JDK for processes. Invariant: every invocation gets one result, in time, and no
/// process outlives the host.
@NullMarked
package dev.sandpiper.standin.lambda;

import org.jspecify.annotations.NullMarked;
