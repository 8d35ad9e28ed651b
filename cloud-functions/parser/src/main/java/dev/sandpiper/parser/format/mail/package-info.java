/// Mail: internet messages and mailboxes (EML, mbox), Outlook messages (MSG).
///
/// Called by: [dev.sandpiper.parser.DocumentParser]. Calls: mime4j; `format.html` for HTML bodies;
/// POI for MSG, loaded when one comes. Invariant: one body is shown, the best; every attachment
/// stands under a heading with its name and is parsed through the context.
@NullMarked
package dev.sandpiper.parser.format.mail;

import org.jspecify.annotations.NullMarked;
