/// A real browser for tests of the page.
///
/// Called by: tests. Calls: a Chromium process, over its DevTools protocol. Invariant: it speaks to
/// 127.0.0.1 only, and ends with its test.
@NullMarked
package dev.sandpiper.edge.browser;

import org.jspecify.annotations.NullMarked;
