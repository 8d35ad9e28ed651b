package dev.sandpiper.edge.bill;

import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which of the owner's models a provider means.
final class ModelNames {

  private static final Pattern DATE = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2}|latest)$");
  private static final Pattern ODD = Pattern.compile("[^a-z0-9/]+");

  private final Map<String, Set<String>> names = new HashMap<>();
  private final Set<String> all = new TreeSet<>();

  /// @param answered what models called themselves, by the owner's name
  /// @param provider whose models; empty: everybody's
  ModelNames(LlmConfig llm, Map<String, Set<String>> answered, Optional<String> provider) {
    for (ModelConfig model : llm.models()) {
      if (provider.isEmpty() || provider.get().equals(model.provider())) {
        all.add(model.name());
        add(model.model(), model.name());
        answered.getOrDefault(model.name(), Set.of()).forEach(id -> add(id, model.name()));
      }
    }
  }

  private void add(String id, String name) {
    names.computeIfAbsent(key(id), _ -> new TreeSet<>()).add(name);
  }

  /// All of the owner's models that are looked at.
  Set<String> all() {
    return all;
  }

  /// Those of them that are called so; empty when none is.
  Set<String> of(String id) {
    Set<String> found = names.get(key(id));
    if (found == null && id.indexOf('/') > 0) {
      found = names.get(key(id.substring(id.lastIndexOf('/') + 1)));
    }
    return found == null ? Set.of() : found;
  }

  /// `Claude Haiku 4.5`, `claude-haiku-4-5` and `claude-haiku-4-5-20251001` are the same.
  private static String key(String id) {
    String plain = id.toLowerCase(Locale.ROOT);
    int variant = plain.indexOf(':');
    String bare = variant > 0 ? plain.substring(0, variant) : plain;
    return DATE.matcher(ODD.matcher(bare).replaceAll("-")).replaceAll("");
  }
}
