package dev.sandpiper.parser.format.ooxml;

/// A relationship of a part.
///
/// @param id unique in the part
/// @param type last segment of the type URI, for instance `image`
/// @param target name of the part inside the package without a leading slash; a URI when external
/// @param external whether it leads out of the package
public record Relationship(String id, String type, String target, boolean external) {}
