package dev.sandpiper.edge.llm.prompts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// One version of a prompt.
///
/// @param name what it is for, such as `ask`
/// @param version counts from 1
/// @param own whether it is a file of the owner's, from the folder `prompts` of the agent's home
/// @param text what it says, with its `{{placeholders}}`
public record Prompt(String name, int version, boolean own, String text) {

  private static final int HASH_BYTES = 8;

  /// Its name and version, as [dev.sandpiper.edge.llm.Purpose] takes it: `ask/2`.
  public String id() {
    return name + "/" + version;
  }

  /// What it says as 16 hexadecimal digits: other words have another hash.
  public String hash() {
    return hash(text);
  }

  /// The hash of any text.
  public static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /// The placeholders it has, in the order of the text.
  public SequencedSet<String> placeholders() {
    return Template.of(text).placeholders();
  }

  /// The text with every placeholder's value in its place. A value is never looked at: what it says
  /// in braces stays as it is.
  ///
  /// @throws IllegalArgumentException when a placeholder has no value, or a value no placeholder
  public String fill(Map<String, String> values) {
    Template template = Template.of(text);
    Set<String> needed = template.placeholders();
    if (!needed.equals(values.keySet())) {
      throw new IllegalArgumentException(
          "prompt %s has the placeholders %s, but was given %s"
              .formatted(id(), needed, values.keySet()));
    }
    return template.fill(values);
  }

  /// What `other` would have said where this one said `filled`; empty when `filled` was not made of
  /// this one, or the two do not have the same placeholders.
  public Optional<String> findRefilled(String filled, Prompt other) {
    Template template = Template.of(other.text());
    return template.placeholders().equals(placeholders())
        ? Template.of(text).findValues(filled).map(template::fill)
        : Optional.empty();
  }
}
