/// Reads PowerPoint presentations (PPTX): slides in order, each in the order a person reads it.
///
/// Called by: the parser's wiring. Calls: `ooxml`, `container`, `flow`, `document`. Invariant: one
/// forward pass per slide; a layout is read once; a damaged slide costs only itself.
@NullMarked
package dev.sandpiper.parser.format.pptx;

import org.jspecify.annotations.NullMarked;
