package dev.sandpiper.edge.channel.telegram;

/// The bot, as Telegram knows it.
///
/// @param username without the at sign
record Self(long id, String username) {}
