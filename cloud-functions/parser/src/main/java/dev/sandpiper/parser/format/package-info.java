/// What a format reader is: the port every sub-package implements, and the context it works in.
///
/// Called by: [dev.sandpiper.parser.DocumentParser]. Calls: `document`. Invariant: readers do not
/// know each other; documents inside documents go back through [ParseContext#parseNested].
@NullMarked
package dev.sandpiper.parser.format;

import org.jspecify.annotations.NullMarked;
