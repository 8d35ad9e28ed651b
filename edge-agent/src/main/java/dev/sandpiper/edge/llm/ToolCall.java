package dev.sandpiper.edge.llm;

/// A model's wish to use a tool.
///
/// @param id pairs it with its result; made by us where the model's API has none
/// @param arguments a JSON object
public record ToolCall(String id, String tool, String arguments) {}
