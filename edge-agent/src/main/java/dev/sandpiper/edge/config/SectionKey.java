package dev.sandpiper.edge.config;

/// A key that stands in every section of one kind.
interface SectionKey extends Setting {

  /// What it is.
  Shape shape();

  /// Whether a section without it is a problem.
  boolean needed();

  @Override
  default String key() {
    return shape().key();
  }

  @Override
  default ValueType type() {
    return shape().type();
  }

  @Override
  default String fallback() {
    return shape().fallback();
  }

  @Override
  default String meaning() {
    return shape().meaning();
  }

  /// The value in the example of the starter file, written as in the file but without quotes; empty
  /// leaves the key out of the example.
  default String example() {
    return shape().example();
  }

  /// What such a key is.
  record Shape(String key, ValueType type, String fallback, String example, String meaning) {}
}
