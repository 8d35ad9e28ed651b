package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.journal.Journal;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Time, chance and the journal.
///
/// @param random chooses which questions are compared
public record RouterWorld(
    InstantSource clock, Pause pause, RandomGenerator random, Journal journal) {}
