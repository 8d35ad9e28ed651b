package dev.sandpiper.edge.channel.discord;

import java.util.Map;

/// A command that Discord offers when a person types `/`.
///
/// @param description what it does, in English
/// @param translations the same by Discord's locale, such as `de`
public record SlashCommand(String name, String description, Map<String, String> translations) {

  /// Longest description Discord takes, in characters.
  static final int LONGEST = 100;

  public SlashCommand {
    translations = Map.copyOf(translations);
  }
}
