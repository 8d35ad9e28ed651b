/// One parse: the bytes, the bounds it must keep to, and what can go wrong.
///
/// Called by: every other package of the parser, and `functions`. Calls: nothing. Invariant: every
/// bound has a default; reaching one is a [ParseFailure] whose message names the next step.
@NullMarked
package dev.sandpiper.parser.task;

import org.jspecify.annotations.NullMarked;
