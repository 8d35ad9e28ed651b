package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.PassageQuery.Scope;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one turn works with: who asks and what in, what may be read, and what is to be done in the
/// transaction that ends it.
final class Workbench {
  private final Spoken spoken;
  private final OwnWords own;
  private final Scope scope;
  private final Sources sources;
  private final List<Planned> planned = new ArrayList<>();
  private @Nullable String looping;

  /// @param own what the person said in this turn
  /// @param scope which documents they may see
  Workbench(Spoken spoken, OwnWords own, Scope scope, Sources sources) {
    this.spoken = spoken;
    this.own = own;
    this.scope = scope;
    this.sources = sources;
  }

  /// Something to do.
  ///
  /// @param told what the person is told of it, by the agent itself
  record Planned(String told, Turn.Effects effects) {}

  Spoken spoken() {
    return spoken;
  }

  OwnWords own() {
    return own;
  }

  Scope scope() {
    return scope;
  }

  Sources sources() {
    return sources;
  }

  void plan(Planned action) {
    planned.add(action);
  }

  /// The model was stopped while it still wanted this tool.
  void looping(String tool) {
    looping = tool;
  }

  /// The tool with which the model went round in circles; `null`: it came to an end by itself.
  @Nullable String looping() {
    return looping;
  }

  List<Planned> planned() {
    return planned;
  }
}
