package dev.sandpiper.edge.people;

import java.util.Locale;

/// Somebody who is let in. One person may be known on several channels.
///
/// @param language what the agent speaks with them
public record Person(long id, String name, Role role, Locale language) {}
