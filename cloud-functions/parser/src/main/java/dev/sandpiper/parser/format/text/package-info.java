/// Readers of plain text, Markdown, JSON, XML and delimited tables.
///
/// Called by: the façade. Calls: `detect` for charsets and delimiters, commonmark, jackson-core,
/// the JDK's StAX. Invariant: texts of any length stream; when a limit is reached, what was read
/// stays and a `truncated` warning says so.
@NullMarked
package dev.sandpiper.parser.format.text;

import org.jspecify.annotations.NullMarked;
