/// Archives: ZIP, TAR and GZIP of any documents.
///
/// Called by: the façade. Calls: the JDK's zip, commons-compress for tar. Invariant: member names
/// are labels, never paths; members, bytes and nesting are bounded; a bad member costs a warning,
/// not the archive.
@NullMarked
package dev.sandpiper.parser.format.archive;

import org.jspecify.annotations.NullMarked;
