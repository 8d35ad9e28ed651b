/// Language models: the port, and what goes through it.
///
/// Called by: the librarian, the commands. Calls: `net`, below its adapters. Invariant: the tokens
/// of every call are counted, whether it succeeds or not.
@NullMarked
package dev.sandpiper.edge.llm;

import org.jspecify.annotations.NullMarked;
