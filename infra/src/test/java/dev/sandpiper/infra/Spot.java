package dev.sandpiper.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A place in a template and what stands there, if anything does.
record Spot(String path, @Nullable Object value) {

  /// Follows a dotted path of keys and list indexes. `[Name]` picks the statement with that Sid. A
  /// path that leads nowhere gives a spot without a value.
  Spot at(String dotted) {
    Spot spot = this;
    for (String step : dotted.split("\\.", -1)) {
      spot = new Spot(spot.path + "." + step, Spot.step(spot.value, step));
    }
    return spot;
  }

  static @Nullable Object step(@Nullable Object from, String step) {
    if (from instanceof Map<?, ?> map) {
      return map.get(step);
    }
    if (from instanceof List<?> list) {
      int index = index(list, step);
      if (index < 0 || index >= list.size()) {
        return null;
      }
      return step.startsWith("[") ? branch(list.get(index)) : list.get(index);
    }
    return null;
  }

  /// Where in a list a step leads: a number, or the Sid of a statement in brackets.
  static int index(List<?> list, String step) {
    if (!step.startsWith("[")) {
      return step.matches("[0-9]{1,4}") ? Integer.parseInt(step) : -1;
    }
    String sid = step.substring(1, step.length() - 1);
    return IntStream.range(0, list.size())
        .filter(i -> branch(list.get(i)) instanceof Map<?, ?> map && sid.equals(map.get("Sid")))
        .findFirst()
        .orElse(-1);
  }

  /// What is there when the option is on: the first branch of `Fn::If`, or the value itself.
  private static @Nullable Object branch(@Nullable Object value) {
    return value instanceof Map<?, ?> map && map.get("Fn::If") instanceof List<?> parts
        ? parts.get(1)
        : value;
  }

  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  boolean exists() {
    return value != null;
  }

  /// The value in one spelling: `${Name}` for a reference, the text itself for `Fn::Sub`,
  /// `${?Condition:a:b}` for a choice, nothing when there is none. `Fn::Sub` with variables of its
  /// own stays as it is: they may hide anything.
  String text() {
    return spell(value);
  }

  boolean is(Object expected) {
    return text().equals(expected.toString());
  }

  long number() {
    return text().matches("-?[0-9]{1,15}") ? Long.parseLong(text()) : -1;
  }

  private static String spell(@Nullable Object value) {
    if (value instanceof Map<?, ?> map && map.size() == 1) {
      Object argument = map.values().iterator().next();
      return switch ((String) map.keySet().iterator().next()) {
        case "Ref", "Fn::GetAtt" -> "${" + dotted(argument) + "}";
        case "Fn::Sub" -> argument instanceof String text ? text : map.toString();
        case "Fn::If" -> "${?" + String.join(":", spellings(argument)) + "}";
        case "Fn::FindInMap" -> "${map:" + String.join(":", spellings(argument)) + "}";
        default -> map.toString();
      };
    }
    return value == null ? "" : value.toString();
  }

  private static String dotted(@Nullable Object argument) {
    return argument instanceof List<?> ? String.join(".", spellings(argument)) : spell(argument);
  }

  private static List<String> spellings(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(Spot::spell).toList()
        : List.of(spell(value));
  }

  /// The list's items, one value counting as a list of one. A choice counts as all that may come of
  /// it.
  List<Spot> items() {
    List<Spot> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        addBranches(items, new Spot(path + "." + i, list.get(i)));
      }
    } else if (value != null) {
      addBranches(items, this);
    }
    return items;
  }

  private static void addBranches(List<Spot> items, Spot spot) {
    Spot choice = spot.at("Fn::If");
    if (choice.value() instanceof List<?> parts) {
      for (int branch = 1; branch < parts.size(); branch++) {
        items.addAll(choice.at(branch + "").items());
      }
    } else if (!spot.is("${AWS::NoValue}")) {
      items.add(spot);
    }
  }

  List<String> texts() {
    return items().stream().map(Spot::text).toList();
  }

  /// The entries of a mapping, none of anything else.
  Stream<Spot> entries() {
    return value instanceof Map<?, ?> map
        ? map.entrySet().stream().map(e -> new Spot(path + "." + e.getKey(), e.getValue()))
        : Stream.empty();
  }

  /// This place and all below it.
  Stream<Spot> everything() {
    Stream<Spot> below =
        value instanceof List<?> list
            ? IntStream.range(0, list.size()).mapToObj(i -> at(i + ""))
            : entries();
    return Stream.concat(Stream.of(this), below.flatMap(Spot::everything));
  }
}
