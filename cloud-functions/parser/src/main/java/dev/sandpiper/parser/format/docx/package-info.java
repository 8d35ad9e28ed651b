/// Reads Word documents (DOCX): what a reader sees with all changes accepted, plus notes.
///
/// Called by: the parser's wiring. Calls: `ooxml`, `container`, `flow`, `document`. Invariant: one
/// forward pass per part; loops in styles or relationships end; damage costs only what follows it
/// in its part.
@NullMarked
package dev.sandpiper.parser.format.docx;

import org.jspecify.annotations.NullMarked;
