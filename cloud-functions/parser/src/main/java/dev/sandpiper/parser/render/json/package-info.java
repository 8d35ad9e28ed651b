/// Writes blocks as JSON objects and reads them back; BLOCKS.md describes the shape.
///
/// Called by: `functions`, and formats whose pages are parsed apart. Calls: `document` and
/// jackson-core's streaming reader and writer. Invariant: what is read equals what was written, up
/// to the rounding of coordinates.
@NullMarked
package dev.sandpiper.parser.render.json;

import org.jspecify.annotations.NullMarked;
