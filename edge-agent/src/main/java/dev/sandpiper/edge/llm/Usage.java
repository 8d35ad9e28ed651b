package dev.sandpiper.edge.llm;

/// Tokens of one call, the same for every API: the parts are contained in the wholes.
///
/// @param input all tokens that went in
/// @param cachedInput of them, read from the provider's cache
/// @param cacheWrites of them, written into the provider's cache
/// @param output all tokens that came out, reasoning included
/// @param reasoning of them, never shown
/// @param complete whether the provider reported them; otherwise they are estimated from the text
public record Usage(
    long input, long cachedInput, long cacheWrites, long output, long reasoning, boolean complete) {

  /// Nothing was used.
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, true);

  /// Both together.
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cachedInput + other.cachedInput,
        cacheWrites + other.cacheWrites,
        output + other.output,
        reasoning + other.reasoning,
        complete && other.complete);
  }
}
