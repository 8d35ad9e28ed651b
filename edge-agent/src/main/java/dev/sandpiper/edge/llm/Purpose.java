package dev.sandpiper.edge.llm;

import org.jspecify.annotations.Nullable;

/// What a call is for; spending is counted by it.
///
/// @param workflow a word such as `ask`, `summary`, `embed`
/// @param person id of the person it is for; `null` when for nobody in particular
/// @param model the owner's name of the model to use; `null`: the one for this workflow
/// @param prompt the prompt template's file name and version, such as `ask/2`
public record Purpose(
    String workflow, @Nullable Long person, @Nullable String model, String prompt) {}
