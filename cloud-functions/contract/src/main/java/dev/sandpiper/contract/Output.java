package dev.sandpiper.contract;

/// What a reply can contain. The wire name is the lower-case name.
public enum Output {
  /// CommonMark with GFM tables.
  MARKDOWN,
  /// The document's structure: one JSON object per block, each with its source span.
  BLOCKS,
  /// Retrieval chunks with heading path and page span.
  CHUNKS,
  /// Page parts for a later [JoinRequest]; opaque to everyone but the function that wrote them.
  PAGES
}
