package dev.sandpiper.parser.format.html;

import java.util.Optional;
import org.jsoup.nodes.Element;

/// What a form field shows.
final class FormText {

  private FormText() {}

  static Optional<String> of(Element field) {
    String words =
        switch (field.normalName()) {
          case "select" -> selected(field);
          case "textarea" -> field.wholeText().strip();
          case "button" -> field.text();
          default -> input(field);
        };
    return words.isBlank() ? Optional.empty() : Optional.of(words);
  }

  private static String selected(Element select) {
    Element option = select.selectFirst("option[selected]");
    Element shown = option == null ? select.selectFirst("option") : option;
    return shown == null ? "" : shown.text();
  }

  private static String input(Element input) {
    return switch (input.attr("type").toLowerCase(java.util.Locale.ROOT)) {
      case "checkbox", "radio", "password", "image", "file", "hidden" -> "";
      default -> input.attr("value");
    };
  }
}
