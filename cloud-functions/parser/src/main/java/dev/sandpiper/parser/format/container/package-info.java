/// Bounded access to zip containers and their XML parts.
///
/// Called by: readers of office formats, books and archives. Calls: `task`, the JDK's zip and StAX.
/// Invariant: every decompressed byte is spent from the budget; no DTD, entity or external resource
/// is ever read; damaged XML ends early with a warning instead of an exception.
@NullMarked
package dev.sandpiper.parser.format.container;

import org.jspecify.annotations.NullMarked;
