package dev.sandpiper.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known about a document beside its content. Unknown values are `null` or empty.
///
/// @param mediaType detected media type, for instance `application/pdf`
/// @param title title from the document's own properties
/// @param authors authors, in the document's order
/// @param created when the document says it was made
/// @param modified when the document says it was last changed
/// @param language BCP 47 tag, for instance `de`
/// @param producer program that wrote the file
/// @param properties further properties worth keeping (mail addresses, image size, …), in insertion
///   order
public record Metadata(
    String mediaType,
    @Nullable String title,
    List<String> authors,
    @Nullable Instant created,
    @Nullable Instant modified,
    @Nullable String language,
    @Nullable String producer,
    Map<String, String> properties) {

  public Metadata {
    authors = List.copyOf(authors);
    properties = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(properties));
  }
}
