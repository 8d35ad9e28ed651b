package dev.sandpiper.edge.config;

import java.util.Locale;

/// How questions are answered.
///
/// @param tools what a model may use
/// @param passages most passages shown at first
/// @param maxVectors most passages kept with a vector
public record AskConfig(
    Tools tools, int passages, Bounds question, Bounds summary, int answerTokens, int maxVectors) {

  /// What a model may use while it answers.
  public enum Tools {
    /// Nothing.
    OFF,
    /// What only looks.
    READ,
    /// What does something, too, with the person's own words.
    ACT
  }

  /// What one piece of work may take.
  ///
  /// @param calls most calls of a model
  /// @param tokens most tokens sent
  public record Bounds(int calls, int tokens) {}

  static AskConfig from(Values values) {
    return new AskConfig(
        Tools.valueOf(values.text(ConfigKey.ASK_TOOLS).toUpperCase(Locale.ROOT)),
        values.integer(ConfigKey.ASK_PASSAGES),
        new Bounds(
            values.integer(ConfigKey.ASK_MAX_CALLS), values.integer(ConfigKey.ASK_PROMPT_TOKENS)),
        new Bounds(
            values.integer(ConfigKey.ASK_SUMMARY_CALLS),
            values.integer(ConfigKey.ASK_SUMMARY_TOKENS)),
        values.integer(ConfigKey.ASK_ANSWER_TOKENS),
        values.integer(ConfigKey.ASK_MAX_VECTORS));
  }
}
