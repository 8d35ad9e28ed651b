/// Tests of the office readers through the parser's front door, on documents written in code.
///
/// Called by: the suite. Calls: the parser. Invariant: every fixture is built here, byte by byte.
@NullMarked
package dev.sandpiper.parser.format.office;

import org.jspecify.annotations.NullMarked;
