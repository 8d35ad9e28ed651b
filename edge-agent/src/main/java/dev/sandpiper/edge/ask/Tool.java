package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something a model may use while it answers. It gets checked arguments and what this turn is
/// about; who asks, and where the answer goes, is never its choice.
interface Tool {

  ToolSpec spec();

  /// Its arguments by name: `true` when needed.
  Map<String, Argument> arguments();

  /// Uses it.
  Outcome use(JsonValue arguments, Workbench bench) throws InterruptedException;

  /// An argument's form.
  ///
  /// @param longest characters of a text; 0 for a whole number
  record Argument(boolean needed, int longest) {}

  /// What came of it.
  sealed interface Outcome {
    /// Words of the agent's own, then what documents say, which is fenced.
    record Told(String words, List<dev.sandpiper.edge.library.Passage> passages)
        implements Outcome {
      public Told {
        passages = List.copyOf(passages);
      }
    }

    /// It was not done; the model is told why.
    record Refused(String why) implements Outcome {}
  }

  /// What is wrong with arguments; empty when nothing is.
  static Optional<String> problem(Tool tool, JsonValue arguments) {
    if (!(arguments instanceof JsonValue.Fields(Map<String, JsonValue> fields))) {
      return Optional.of("The arguments must be one JSON object.");
    }
    for (String name : fields.keySet()) {
      if (!tool.arguments().containsKey(name)) {
        return Optional.of(
            "There is no argument \"" + shortened(name) + "\". Arguments: " + names(tool) + ".");
      }
    }
    return tool.arguments().entrySet().stream()
        .flatMap(argument ->
            problem(argument.getKey(), argument.getValue(), fields.get(argument.getKey())).stream())
        .findFirst();
  }

  private static Optional<String> problem(
      String name, Argument form, @org.jspecify.annotations.Nullable JsonValue value) {
    return switch (value) {
      case null ->
          form.needed()
              ? Optional.of("The argument \"" + name + "\" is missing.")
              : Optional.empty();
      case JsonValue.Text(String text) when form.longest() > 0 ->
          text.isBlank() || text.length() > form.longest()
              ? Optional.of(
                  "The argument \"%s\" must have 1 to %d characters."
                      .formatted(name, form.longest()))
              : Optional.empty();
      case JsonValue.Figure(String digits) when form.longest() == 0 ->
          digits.matches("[1-9]\\d{0,6}")
              ? Optional.empty()
              : Optional.of("The argument \"" + name + "\" must be a number from 1.");
      default ->
          Optional.of(
              "The argument \"%s\" must be a %s."
                  .formatted(name, form.longest() > 0 ? "text" : "whole number"));
    };
  }

  private static String names(Tool tool) {
    return String.join(", ", tool.arguments().keySet().stream().sorted().toList());
  }

  private static String shortened(String name) {
    String plain = name.replaceAll("[^\\w -]", "");
    return plain.length() > 30 ? plain.substring(0, 30) : plain;
  }
}
