package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.web.Doorkeeper;
import dev.sandpiper.edge.channel.web.WebChannel;
import dev.sandpiper.edge.channel.web.WebSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What the page and its routes work with.
///
/// @param session how long a browser that is not used stays logged in
/// @param maxBytes largest file
/// @param texts everything the page says in a language, by key
public record ChatParts(
    WebChannel channel,
    WebSessions sessions,
    Doorkeeper door,
    Duration session,
    long maxBytes,
    Function<Locale, Map<String, String>> texts,
    InstantSource clock) {}
