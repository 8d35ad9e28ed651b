package dev.sandpiper.edge.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Valid values of a table of settings, each in its type's canonical form.
final class Values {

  private static final int DEFAULT = 0;
  private static final int COMPUTED = -1;

  /// @param text canonical text
  /// @param line where it stands in the file; see [#DEFAULT] and [#COMPUTED]
  private record Value(String text, int line) {
    String origin() {
      return switch (line) {
        case DEFAULT -> "default";
        case COMPUTED -> "computed";
        default -> "line " + line;
      };
    }
  }

  private final Map<Setting, Value> bySetting = new LinkedHashMap<>();
  private final Environment environment;

  /// All defaults.
  Values(Environment environment, List<? extends Setting> settings) {
    this.environment = environment;
    for (Setting setting : settings) {
      try {
        bySetting.put(setting, new Value(setting.type().canonical(setting.fallback()), DEFAULT));
      } catch (ValueType.BadValueException e) {
        throw new IllegalStateException("default of " + setting.key() + " " + e.getMessage(), e);
      }
    }
  }

  /// The defaults of the whole file.
  static Values ofFile(Environment environment) {
    Values values = new Values(environment, ConfigKey.all());
    values.put(ConfigKey.AGENT_HOME, environment.defaultHome().toString(), COMPUTED);
    return values;
  }

  void put(Setting setting, String canonical, int line) {
    bySetting.put(setting, new Value(canonical, line));
  }

  /// A problem with a valid value, at its line.
  ConfigProblem problem(Setting setting, String message) {
    return new ConfigProblem(Math.max(0, value(setting).line()), setting.key(), message);
  }

  String text(Setting setting) {
    return value(setting).text();
  }

  int integer(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  long number(Setting setting) {
    return Long.parseLong(text(setting));
  }

  long size(Setting setting) {
    return Units.size(text(setting));
  }

  Duration duration(Setting setting) {
    return Units.duration(text(setting));
  }

  boolean flag(Setting setting) {
    return Boolean.parseBoolean(text(setting));
  }

  /// The text, when it is not empty.
  Optional<String> findText(Setting setting) {
    return Optional.of(text(setting)).filter(text -> !text.isEmpty());
  }

  /// A number with a fraction; `null` when there is none.
  @Nullable BigDecimal decimal(Setting setting) {
    return text(setting).isEmpty() ? null : new BigDecimal(text(setting));
  }

  List<SecretRef> secrets(Setting setting) {
    return list(setting).stream().map(SecretRef::find).flatMap(Optional::stream).toList();
  }

  Path path(Setting setting) {
    return environment.path(text(setting));
  }

  List<String> list(Setting setting) {
    return text(setting).lines().toList();
  }

  List<Path> paths(Setting setting) {
    return list(setting).stream().map(environment::path).toList();
  }

  /// Every value in force, under its dotted name.
  ///
  /// @param prefix stands before each name
  List<EffectiveValue> effective(String prefix) {
    return bySetting.entrySet().stream()
        .map(entry -> effective(prefix, entry.getKey(), entry.getValue()))
        .toList();
  }

  private static EffectiveValue effective(String prefix, Setting setting, Value value) {
    return new EffectiveValue(
        prefix + setting.key(),
        TomlText.of(setting.type(), value.text()),
        value.origin(),
        setting.meaning());
  }

  private Value value(Setting setting) {
    Value value = bySetting.get(setting);
    if (value == null) {
      throw new IllegalStateException("no value for " + setting.key());
    }
    return value;
  }
}
