package dev.sandpiper.edge.llm.wire;

/// Ids of calls as every API takes them: a conversation may have been begun with another one, whose
/// ids look otherwise.
public final class ToolIds {

  private static final int LONGEST = 64;

  private ToolIds() {}

  /// The id in letters, digits, `_` and `-`.
  public static String plain(String id) {
    String plain = id.replaceAll("[^A-Za-z0-9_-]", "_");
    return plain.substring(Math.max(0, plain.length() - LONGEST));
  }
}
