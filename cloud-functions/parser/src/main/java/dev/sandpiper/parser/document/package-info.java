/// The document tree: what every format is read into and every output is made from.
///
/// Called by: every other package of the parser. Calls: nothing. Invariant: immutable records;
/// every block knows where in the source it came from.
@NullMarked
package dev.sandpiper.parser.document;

import org.jspecify.annotations.NullMarked;
