package dev.sandpiper.edge.intake;

import dev.sandpiper.edge.queue.Priority;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the sender says about a document.
///
/// @param name file name, cleaned by [DocumentName]
/// @param mediaType claimed media type; `null` when unknown
/// @param origin where it came in: `http`, `cli`, `folder:…`
/// @param priority how urgent it is
/// @param batch the batch it belongs to; `null`: none
/// @param tags labels, at most 16 of at most 64 characters
public record Submission(
    String name,
    @Nullable String mediaType,
    String origin,
    Priority priority,
    @Nullable Long batch,
    Set<String> tags) {

  private static final int MOST_TAGS = 16;
  private static final int LONGEST_TAG = 64;

  /// @throws IllegalArgumentException when a tag is not usable
  public Submission {
    name = DocumentName.of(name);
    tags = Set.copyOf(tags);
    if (tags.size() > MOST_TAGS) {
      throw new IllegalArgumentException("a document takes at most " + MOST_TAGS + " tags");
    }
    for (String tag : tags) {
      if (tag.isBlank()
          || tag.length() > LONGEST_TAG
          || tag.codePoints().anyMatch(c -> Character.isWhitespace(c) || c < ' ')) {
        throw new IllegalArgumentException(
            "a tag is one word of at most " + LONGEST_TAG + " characters: \"" + tag + "\"");
      }
    }
  }
}
