/// The `sandpiper` command.
///
/// Called by: people and scripts. Calls: the root package, and every package a command shows.
/// Invariant: reading works with and without a running agent; a change goes through the agent when
/// it runs; standard output holds results only; no stack trace without `--debug`.
@NullMarked
package dev.sandpiper.edge.cli;

import org.jspecify.annotations.NullMarked;
