package dev.sandpiper.edge.library;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known about a document.
///
/// @param id its number, for paging
/// @param name the name it first came with
/// @param size bytes of the source
/// @param mediaType detected, or claimed while pending
/// @param created when the document says it was made
/// @param modified when the document says it was last changed
/// @param language BCP 47 tag
/// @param code why it failed, stable
/// @param message why it failed or is parked, for a person
/// @param warnings how many the parser had
/// @param result name of the stored result's blob
/// @param resultSize bytes of the stored result
/// @param chunks how many can be searched
/// @param received when it first arrived
/// @param parsed when it was parsed
/// @param tags in alphabetical order
public record DocumentInfo(
    long id,
    String sha256,
    String name,
    long size,
    DocumentState state,
    @Nullable String mediaType,
    int pages,
    @Nullable String title,
    List<String> authors,
    @Nullable Instant created,
    @Nullable Instant modified,
    @Nullable String language,
    @Nullable String code,
    @Nullable String message,
    int warnings,
    @Nullable String result,
    long resultSize,
    int chunks,
    Instant received,
    @Nullable Instant parsed,
    List<String> tags) {

  public DocumentInfo {
    authors = List.copyOf(authors);
    tags = List.copyOf(tags);
  }
}
