package dev.sandpiper.edge.config;

/// Something that can be set in the configuration file.
interface Setting {

  /// Its name in the file: of the whole file, or of its section.
  String key();

  /// What values it takes.
  ValueType type();

  /// The default, as it would be written in the file without quotes; empty when it is computed.
  String fallback();

  /// One sentence or two for people.
  String meaning();
}
