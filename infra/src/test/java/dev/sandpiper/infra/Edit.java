package dev.sandpiper.infra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes a copy of a template, as a colleague would in an editor. Every step insists that it
/// changed something: an edit that misses its mark proves nothing.
final class Edit {

  private final Template template;

  private Edit(Template template) {
    this.template = template;
  }

  /// What a colleague does.
  @FunctionalInterface
  interface Change {
    void to(Edit edit);
  }

  static Template of(Template original, Change change) {
    Template copy = new Template(original.kind(), asMap(YamlTree.copy(original.tree())));
    change.to(new Edit(copy));
    return copy;
  }

  /// Puts a value, given as YAML, at a path; missing mappings on the way are made.
  Edit set(String path, String yaml) {
    Object value = YamlTree.read(path, "v: " + yaml).get("v");
    Object before = parent(path, true);
    String last = last(path);
    if (before instanceof List<?>) {
      asList(before).set(Integer.parseInt(last), value);
    } else {
      Object old = asMap(before).put(last, value);
      require(value == null || !value.equals(old), path + " was that already");
    }
    return this;
  }

  Edit remove(String path) {
    Object from = parent(path, false);
    String last = last(path);
    if (from instanceof List<?> list) {
      int index = Spot.index(list, last);
      require(index >= 0 && index < list.size(), path + " is not there");
      list.remove(index);
    } else {
      require(asMap(from).remove(last) != null, path + " is not there");
    }
    return this;
  }

  /// Appends to the list at a path; a single value there becomes a list first.
  Edit add(String path, String yaml) {
    Object there = template.at(path).value();
    require(there != null, path + " is not there");
    List<@Nullable Object> list = new ArrayList<>();
    if (there instanceof List<?> old) {
      list.addAll(old);
    } else {
      list.add(there);
    }
    list.add(YamlTree.read(path, "v: " + yaml).get("v"));
    asMap(parent(path, false)).put(last(path), list);
    return this;
  }

  /// Replaces a text inside the text at a path.
  Edit replace(String path, String from, String to) {
    Object there = template.at(path).value();
    if (there instanceof Map<?, ?> map && map.size() == 1) {
      return replace(path + "." + map.keySet().iterator().next(), from, to);
    }
    String text = there + "";
    require(text.contains(from), path + " does not contain " + from);
    Object parent = parent(path, false);
    if (parent instanceof List<?>) {
      asList(parent).set(Integer.parseInt(last(path)), text.replace(from, to));
    } else {
      asMap(parent).put(last(path), text.replace(from, to));
    }
    return this;
  }

  private Object parent(String path, boolean make) {
    Object at = template.tree();
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      Object next = Spot.step(at, steps[i]);
      if (next == null && make) {
        next = new LinkedHashMap<String, @Nullable Object>();
        asMap(at).put(steps[i], next);
      }
      require(next != null, steps[i] + " of " + path + " is not there");
      at = java.util.Objects.requireNonNull(next);
    }
    return at;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static void require(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException("the edit misses its mark: " + complaint);
    }
  }

  @SuppressWarnings("unchecked") // YamlTree makes no other maps
  private static Map<String, @Nullable Object> asMap(@Nullable Object value) {
    return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked") // YamlTree makes no other lists
  private static List<@Nullable Object> asList(@Nullable Object value) {
    return (List<@Nullable Object>) java.util.Objects.requireNonNull(value);
  }
}
