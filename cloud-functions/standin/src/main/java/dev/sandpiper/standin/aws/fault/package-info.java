/// What goes wrong on purpose, and the errors AWS would send for it.
///
/// Called by: the double's services. Calls: the JDK. Invariant: the same seed and the same order of
/// questions give the same faults, and without faults switched on none happens.
@NullMarked
package dev.sandpiper.standin.aws.fault;

import org.jspecify.annotations.NullMarked;
