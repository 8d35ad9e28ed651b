package dev.sandpiper.edge.chat;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Time and chance.
public record Clockwork(InstantSource clock, RandomGenerator random) {}
