/// The plumbing of Office Open XML: parts, relationships, properties, and what its drawing and
/// formula languages hold as text.
///
/// Called by: `docx`, `xlsx`, `pptx`. Calls: `container`, `flow`, `document`. Invariant: a
/// relationship never leaves the package; external targets are text, never opened.
@NullMarked
package dev.sandpiper.parser.format.ooxml;

import org.jspecify.annotations.NullMarked;
