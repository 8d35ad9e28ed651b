package dev.sandpiper.contract;

import org.jspecify.annotations.Nullable;

/// Something in the document that was not read as it should be; the rest of the result stands.
///
/// @param code stable kebab-case code, for instance `damaged-xref`
/// @param message one sentence for a person
/// @param place page, sheet, slide or part it happened at; `null` for the whole document
public record Warning(String code, String message, @Nullable String place) {}
