/// Office documents of the binary age: Word, Excel and PowerPoint 95 to 2003.
///
/// Called by: [dev.sandpiper.parser.DocumentParser]. Calls: POI, which is loaded when such a file
/// comes and nowhere else but in `format.mail` for Outlook messages. Invariant: a locked document
/// is `ENCRYPTED`, a damaged one gives what can be read or `UNREADABLE`.
@NullMarked
package dev.sandpiper.parser.format.legacy;

import org.jspecify.annotations.NullMarked;
