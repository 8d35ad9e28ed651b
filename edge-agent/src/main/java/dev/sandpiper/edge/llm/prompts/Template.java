package dev.sandpiper.edge.llm.prompts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with `{{placeholders}}`, cut into what stands around them.
///
/// @param literals the text before, between and after the placeholders: one more than those
/// @param names the placeholders in their order; one may stand twice
record Template(List<String> literals, List<String> names) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z][a-z0-9_]{0,40})}}");

  Template {
    literals = List.copyOf(literals);
    names = List.copyOf(names);
  }

  /// Reads a text.
  ///
  /// @throws PromptException when two braces are not the beginning or the end of a placeholder
  static Template of(String text) {
    List<String> literals = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int at = 0;
    while (matcher.find()) {
      literals.add(text.substring(at, matcher.start()));
      names.add(matcher.group(1));
      at = matcher.end();
    }
    literals.add(text.substring(at));
    for (String literal : literals) {
      if (literal.contains("{{") || literal.contains("}}")) {
        throw new PromptException(
            "holds {{ or }} that is no placeholder; one is written {{name}}, in lower-case letters,"
                + " digits and _");
      }
    }
    return new Template(literals, names);
  }

  /// The placeholders, each once.
  SequencedSet<String> placeholders() {
    return new LinkedHashSet<>(names);
  }

  /// The text with every placeholder's value in its place. What stands in a value is never looked
  /// at.
  String fill(Map<String, String> values) {
    StringBuilder text = new StringBuilder(literals.getFirst());
    for (int i = 0; i < names.size(); i++) {
      text.append(values.getOrDefault(names.get(i), "")).append(literals.get(i + 1));
    }
    return text.toString();
  }

  /// The values that were filled in to make `text`; empty when it cannot have been made so.
  Optional<Map<String, String>> findValues(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    int at = literals.getFirst().length();
    for (int i = 0; i < names.size(); i++) {
      String after = literals.get(i + 1);
      boolean last = i == names.size() - 1;
      int end = last ? text.length() - after.length() : text.indexOf(after, at);
      if (end < at || (after.isEmpty() && !last)) {
        return Optional.empty();
      }
      values.putIfAbsent(names.get(i), text.substring(at, end));
      at = end + after.length();
    }
    return fill(values).equals(text) ? Optional.of(values) : Optional.empty();
  }
}
