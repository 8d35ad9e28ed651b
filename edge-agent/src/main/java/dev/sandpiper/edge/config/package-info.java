/// Configuration: one TOML file, typed and strict.
///
/// Called by: `cli`, the root package, and every package that takes its record. Calls: `contract`.
/// Invariant: a value is either valid or a problem with its line and the next step; a secret is
/// never in the file and never printed.
@NullMarked
package dev.sandpiper.edge.config;

import org.jspecify.annotations.NullMarked;
