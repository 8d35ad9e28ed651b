/// The conversation: what a message means and what is answered.
///
/// Called by: `work.answer`. Calls: `people`, `channel`; commands and the librarian stand behind
/// its ports. Invariant: it decides, it does not act: whatever an answer does is done in the
/// transaction that ends the message.
@NullMarked
package dev.sandpiper.edge.talk;

import org.jspecify.annotations.NullMarked;
