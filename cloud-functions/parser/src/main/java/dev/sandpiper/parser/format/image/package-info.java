/// Pictures: their size from the header, and their text through `tesseract` where it is installed.
///
/// Called by: the façade. Calls: a `tesseract` process, nothing else. Invariant: pixels are never
/// decoded in this process; the other one is bounded in time and output.
@NullMarked
package dev.sandpiper.parser.format.image;

import org.jspecify.annotations.NullMarked;
