package dev.sandpiper.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One template, read.
record Template(Kind kind, Map<String, @Nullable Object> tree) {

  /// Which template it is; a rule may ask for one of them only.
  enum Kind {
    PLANT("template.yaml"),
    IDENTITY("edge-identity.yaml");

    private final String file;

    Kind(String file) {
      this.file = file;
    }

    /// As it stands in the folder.
    Template read() {
      return new Template(this, YamlTree.read(Path.of(file)));
    }
  }

  Spot at(String path) {
    return new Spot("", tree).at(path);
  }

  Stream<Spot> resources() {
    return at("Resources").entries();
  }

  Stream<Spot> resources(String... types) {
    List<String> wanted = List.of(types);
    return resources().filter(r -> wanted.contains(r.at("Type").text()));
  }

  Spot resource(String name) {
    return at("Resources." + name);
  }

  Stream<Statement> statements() {
    return resources().flatMap(Statement::of);
  }

  Stream<Statement> statements(Statement.Kind kind) {
    return statements().filter(s -> s.kind() == kind);
  }

  /// A function's setting, its own or the one for all functions.
  Spot setting(Spot function, String path) {
    Spot own = function.at("Properties." + path);
    return own.exists() ? own : at("Globals.Function." + path);
  }
}
