package dev.sandpiper.infra;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// What must hold of a template.
///
/// @param name short, for tests and talk
/// @param sentence what must hold, for the person who broke it
/// @param of the templates it speaks of
/// @param check the places where it does not hold
record Rule(
    String name,
    String sentence,
    List<Template.Kind> of,
    Function<Template, Stream<String>> check) {

  /// A rule of the plant alone.
  static Rule plant(String name, String sentence, Function<Template, Stream<String>> check) {
    return new Rule(name, sentence, List.of(Template.Kind.PLANT), check);
  }

  /// A rule of a device's identity alone.
  static Rule identity(String name, String sentence, Function<Template, Stream<String>> check) {
    return new Rule(name, sentence, List.of(Template.Kind.IDENTITY), check);
  }

  /// A rule of every template.
  static Rule every(String name, String sentence, Function<Template, Stream<String>> check) {
    return new Rule(name, sentence, List.of(Template.Kind.values()), check);
  }

  /// Nothing when it holds, the place when it does not.
  static Stream<String> unless(boolean holds, String place) {
    return holds ? Stream.empty() : Stream.of(place);
  }

  /// A rule that was broken, and where.
  record Finding(Rule rule, String place) {
    @Override
    public String toString() {
      return rule.name() + ": " + rule.sentence() + " Not so: " + place;
    }
  }

  List<Finding> findings(Template template) {
    return of.contains(template.kind())
        ? check.apply(template).map(place -> new Finding(this, place)).toList()
        : List.of();
  }
}
