package dev.sandpiper.edge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// One pass over a file.
///
/// @param values takes the fixed keys
/// @param sections takes the named sections
/// @param problems takes everything that is wrong
record ConfigReading(
    Values values,
    List<SectionValues> sections,
    Environment environment,
    List<ConfigProblem> problems) {

  void read(String text) {
    TomlParseResult toml = Toml.parse(text);
    for (TomlParseError error : toml.errors()) {
      problems.add(new ConfigProblem(line(error.position()), "", firstLine(error)));
    }
    if (problems.isEmpty()) {
      table(toml, toml, new ArrayList<>());
    }
  }

  private void table(TomlParseResult toml, TomlTable table, List<String> path) {
    for (String name : table.keySet()) {
      path.addLast(name);
      Object raw = table.get(List.of(name));
      int line = line(toml.inputPositionOf(path));
      Optional<Section> kind = path.size() == 1 ? Section.find(name) : Optional.empty();
      if (kind.isPresent()) {
        sections(toml, kind.get(), raw);
      } else if (raw instanceof TomlTable inner && (isPrefix(path) || !inner.isEmpty())) {
        table(toml, inner, path);
      } else if (raw != null) {
        value(path, raw, line);
      }
      path.removeLast();
    }
  }

  private static boolean isPrefix(List<String> path) {
    String prefix = String.join(".", path) + ".";
    return ConfigKey.all().stream().anyMatch(key -> key.key().startsWith(prefix));
  }

  private void value(List<String> path, Object raw, int line) {
    String name = String.join(".", path);
    Optional<ConfigKey> key = ConfigKey.find(name);
    if (key.isEmpty()) {
      unknown(path, line);
      return;
    }
    canonical(key.get(), name, raw, line)
        .filter(text -> !(text.isEmpty() && key.get() == ConfigKey.AGENT_HOME))
        .ifPresent(text -> values.put(key.get(), text, line));
  }

  private void unknown(List<String> path, int line) {
    Stream<String> fixed = ConfigKey.all().stream().map(ConfigKey::key);
    // Under the name that was chosen, which nobody can have mistyped.
    Stream<String> named =
        Stream.of(Section.values())
            .filter(_ -> path.size() > 2)
            .flatMap(
                section -> section.keys().stream().map(key -> section.dotted(path.get(1), key)));
    String name = String.join(".", path);
    String meant =
        Nearest.to(name, Stream.concat(fixed, named).toList())
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("'sandpiper config show' lists all keys");
    problems.add(new ConfigProblem(line, name, "unknown key; " + meant));
  }

  private void sections(TomlParseResult toml, Section kind, @Nullable Object raw) {
    if (!(raw instanceof TomlTable table)) {
      problems.add(
          new ConfigProblem(
              line(toml.inputPositionOf(List.of(kind.key()))),
              kind.key(),
              "must hold sections, each under a name: [%s.%s]"
                  .formatted(kind.key(), kind.exampleName())));
      return;
    }
    if (table.size() > Section.MOST) {
      problems.add(
          new ConfigProblem(
              0, kind.key(), "must not hold more than " + Section.MOST + " sections"));
      return;
    }
    for (String name : table.keySet()) {
      section(toml, kind, name, table.get(List.of(name)));
    }
  }

  private void section(TomlParseResult toml, Section kind, String name, @Nullable Object raw) {
    List<String> path = List.of(kind.key(), name);
    int line = line(toml.inputPositionOf(path));
    if (!(raw instanceof TomlTable table)) {
      problems.add(
          new ConfigProblem(
              line,
              String.join(".", path),
              "must be a section: [%s.%s]".formatted(kind.key(), kind.exampleName())));
      return;
    }
    if (!name.matches(Section.NAME_PATTERN)) {
      problems.add(
          new ConfigProblem(
              line,
              String.join(".", path),
              "must be named with up to 32 lower-case letters, digits, '-' and '_', a letter"
                  + " first"));
      return;
    }
    SectionValues section = new SectionValues(kind, name, line, environment);
    for (String leaf : table.keySet()) {
      List<String> full = List.of(kind.key(), name, leaf);
      entry(section, full, table.get(List.of(leaf)), line(toml.inputPositionOf(full)));
    }
    problems.addAll(section.missing());
    sections.add(section);
  }

  private void entry(SectionValues section, List<String> path, @Nullable Object raw, int line) {
    Optional<? extends SectionKey> key = section.section().findKey(path.getLast());
    if (key.isEmpty() || raw == null) {
      unknown(path, line);
      return;
    }
    section.given(key.get());
    canonical(key.get(), String.join(".", path), raw, line)
        .ifPresent(text -> section.put(key.get(), text, line));
  }

  private Optional<String> canonical(Setting setting, String name, Object raw, int line) {
    try {
      Object plain = raw instanceof TomlArray array ? array.toList() : raw;
      return Optional.of(setting.type().canonical(plain));
    } catch (ValueType.BadValueException e) {
      problems.add(new ConfigProblem(line, name, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static int line(@Nullable TomlPosition position) {
    return position == null ? 0 : position.line();
  }

  private static String firstLine(TomlParseError error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("not valid TOML");
  }
}
