package dev.sandpiper.edge.llm.prompts;

import org.jspecify.annotations.Nullable;

/// A prompt that is not there, or a file of the owner's that cannot be used. The message is for a
/// person.
public final class PromptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PromptException(String message) {
    this(message, null);
  }

  PromptException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
