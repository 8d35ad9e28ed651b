package dev.sandpiper.edge.channel.web;

import java.util.Locale;

/// Somebody at the page who is let in.
///
/// @param id the same on all their devices; the chat's id in addresses
/// @param owner whether everything is theirs
public record Visitor(String id, String name, boolean owner, Locale language) {}
