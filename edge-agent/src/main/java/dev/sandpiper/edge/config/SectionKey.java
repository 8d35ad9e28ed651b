package dev.sandpiper.edge.config;

/// A key that stands in every section of one kind.
interface SectionKey extends Setting {

  /// Whether a section without it is a problem.
  boolean needed();

  /// The value in the example of the starter file, written as in the file but without quotes; empty
  /// leaves the key out of the example.
  String example();
}
