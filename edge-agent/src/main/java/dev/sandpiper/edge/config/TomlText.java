package dev.sandpiper.edge.config;

import java.util.stream.Collectors;

/// Writes canonical values as TOML.
final class TomlText {

  private TomlText() {}

  static String of(ValueType type, String canonical) {
    return switch (type) {
      case ValueType.Whole _, ValueType.Flag _ -> canonical;
      case ValueType.AutoOr(ValueType other) ->
          canonical.equals("auto") ? quote(canonical) : of(other, canonical);
      case ValueType.Decimal _, ValueType.DateText _ ->
          canonical.isEmpty() ? quote(canonical) : canonical;
      case ValueType.TextList _, ValueType.SecretList _ ->
          canonical.lines().map(TomlText::quote).collect(Collectors.joining(", ", "[", "]"));
      case ValueType.Text _,
          ValueType.PathText _,
          ValueType.SecretText _,
          ValueType.Span _,
          ValueType.Size _,
          ValueType.Choice _ ->
          quote(canonical);
    };
  }

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
          } else if (c < ' ' || c == 0x7f) {
            quoted.append("\\u%04x".formatted(c));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }
}
