package dev.sandpiper.edge.config;

import java.util.Locale;

/// Texts made from the table of keys: the documentation and a file to start from.
public final class ConfigText {

  private static final int WIDTH = 98;

  private ConfigText() {}

  /// The Markdown table of every key.
  public static String markdownTable() {
    StringBuilder table =
        new StringBuilder("| key | type | default | meaning |\n|---|---|---|---|\n");
    for (ConfigKey key : ConfigKey.all()) {
      table.append(row(key.key(), key, shown(key)));
    }
    for (Section section : Section.values()) {
      for (SectionKey key : section.keys()) {
        table.append(row(section.dotted("<name>", key), key, key.needed() ? "needed" : shown(key)));
      }
    }
    return table.toString();
  }

  private static String row(String name, Setting setting, String fallback) {
    return "| `%s` | %s | %s | %s |%n"
        .formatted(
            name,
            setting.type().label(),
            fallback,
            setting.meaning().replace("<", "&lt;").replace("|", "\\|"));
  }

  private static String shown(Setting setting) {
    return setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
  }

  /// A file with every key, its meaning and its default, and an example of each named section, all
  /// switched off by a comment sign.
  public static String starterFile() {
    StringBuilder file =
        new StringBuilder(
            """
            # Sandpiper's configuration. Every key is optional; the values shown are the defaults.
            # Check it with: sandpiper config check
            """);
    String section = "";
    for (ConfigKey key : ConfigKey.all()) {
      int dot = key.key().lastIndexOf('.');
      if (!section.equals(key.key().substring(0, dot))) {
        section = key.key().substring(0, dot);
        file.append("\n[").append(section).append("]\n");
      }
      wrap(key.meaning(), file);
      file.append("# %s = %s%n".formatted(key.key().substring(dot + 1), fallback(key)));
    }
    for (Section kind : Section.values()) {
      example(kind, file);
    }
    return file.toString();
  }

  /// A section that a person names. Its lines have no space after the comment sign, so that they
  /// differ from explanations.
  private static void example(Section section, StringBuilder file) {
    file.append('\n');
    wrap(section.meaning(), file);
    file.append("#[%s.%s]%n".formatted(section.key(), section.exampleName()));
    for (SectionKey key : section.keys()) {
      wrap(key.meaning(), file);
      String text = key.example().isEmpty() ? key.fallback() : key.example();
      file.append(
          "#%s = %s%n"
              .formatted(key.key(), TomlText.of(key.type(), text.equals("[]") ? "" : text)));
    }
  }

  private static String fallback(ConfigKey key) {
    String text = key.fallback().equals("[]") ? "" : key.fallback();
    return TomlText.of(key.type(), text);
  }

  private static void wrap(String meaning, StringBuilder file) {
    int column = 0;
    for (String word : meaning.split(" ", -1)) {
      if (column == 0 || column + word.length() + 1 > WIDTH) {
        file.append(column == 0 ? "" : "\n").append("# ").append(word);
        column = 2 + word.length();
      } else {
        file.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    file.append(String.format(Locale.ROOT, "%n"));
  }
}
