package dev.sandpiper.edge.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What one named section says.
final class SectionValues {

  private final Section section;
  private final String name;
  private final int line;
  private final Values values;
  private final Set<SectionKey> given = new HashSet<>();

  /// All defaults.
  ///
  /// @param line where the section begins
  SectionValues(Section section, String name, int line, Environment environment) {
    this.section = section;
    this.name = name;
    this.line = line;
    this.values = new Values(environment, section.keys());
  }

  /// The file says something for a key, right or wrong.
  void given(SectionKey setting) {
    given.add(setting);
  }

  void put(SectionKey setting, String canonical, int at) {
    values.put(setting, canonical, at);
  }

  /// What kind of section it is.
  Section section() {
    return section;
  }

  /// Its name.
  String name() {
    return name;
  }

  /// Its valid values.
  Values values() {
    return values;
  }

  /// A problem with one of its keys, at the key's line, else at the section's.
  ConfigProblem problem(SectionKey setting, String message) {
    int at = values.problem(setting, message).line();
    return new ConfigProblem(at > 0 ? at : line, section.dotted(name, setting), message);
  }

  /// A problem for each needed key that is not there.
  List<ConfigProblem> missing() {
    return section.keys().stream()
        .filter(SectionKey::needed)
        .filter(setting -> !given.contains(setting))
        .map(setting -> problem(setting, "is needed, for instance " + shownExample(setting)))
        .toList();
  }

  private static String shownExample(SectionKey setting) {
    return TomlText.of(setting.type(), setting.example());
  }

  List<EffectiveValue> effective() {
    return values.effective(section.key() + "." + name + ".");
  }
}
