/// Markdown on its way to a chat: read once, cut into pieces that each fit and each stand for
/// themselves.
///
/// Called by: the channels' adapters. Calls: commonmark. Invariant: what the pieces say, white
/// space aside, is what the whole says, in the same order, whatever was written.
@NullMarked
package dev.sandpiper.edge.channel.text;

import org.jspecify.annotations.NullMarked;
