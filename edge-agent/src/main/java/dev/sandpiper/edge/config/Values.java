package dev.sandpiper.edge.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Valid values by key, each in its type's canonical form.
final class Values {

  /// @param text canonical text
  /// @param origin where it came from
  record Value(String text, String origin) {}

  private final Map<ConfigKey, Value> byKey = new EnumMap<>(ConfigKey.class);
  private final Environment environment;

  Values(Environment environment) {
    this.environment = environment;
    for (ConfigKey key : ConfigKey.all()) {
      try {
        byKey.put(key, new Value(key.type().canonical(key.fallback()), "default"));
      } catch (ValueType.BadValueException e) {
        throw new IllegalStateException("default of " + key.key() + " " + e.getMessage(), e);
      }
    }
    byKey.put(ConfigKey.AGENT_HOME, new Value(environment.defaultHome().toString(), "computed"));
  }

  void put(ConfigKey key, String canonical, String origin) {
    byKey.put(key, new Value(canonical, origin));
  }

  String text(ConfigKey key) {
    return value(key).text();
  }

  int integer(ConfigKey key) {
    return Integer.parseInt(text(key));
  }

  long size(ConfigKey key) {
    return Units.size(text(key));
  }

  Duration duration(ConfigKey key) {
    return Units.duration(text(key));
  }

  boolean flag(ConfigKey key) {
    return Boolean.parseBoolean(text(key));
  }

  Path path(ConfigKey key) {
    return environment.path(text(key));
  }

  List<String> list(ConfigKey key) {
    return text(key).lines().toList();
  }

  List<Path> paths(ConfigKey key) {
    return list(key).stream().map(environment::path).toList();
  }

  List<EffectiveValue> effective() {
    return ConfigKey.all().stream()
        .map(key -> new EffectiveValue(key, toml(key), value(key).origin()))
        .toList();
  }

  private String toml(ConfigKey key) {
    return TomlText.of(key.type(), text(key));
  }

  private Value value(ConfigKey key) {
    Value value = byKey.get(key);
    if (value == null) {
      throw new IllegalStateException("no value for " + key.key());
    }
    return value;
  }
}
