package dev.sandpiper.parser.task;

import org.jspecify.annotations.Nullable;

/// Something that was not read as it should be; the rest of the document stands.
///
/// @param code stable kebab-case code, for instance `damaged-xref`
/// @param message one sentence for a person
/// @param place page, sheet, slide or part; `null` for the whole document
public record ParseWarning(String code, String message, @Nullable String place) {}
