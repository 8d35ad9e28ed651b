package dev.sandpiper.edge.llm;

/// A tool that a model may call.
///
/// @param name letters, digits and underscores
/// @param description for the model
/// @param schema JSON Schema of its arguments, an object
public record ToolSpec(String name, String description, String schema) {}
