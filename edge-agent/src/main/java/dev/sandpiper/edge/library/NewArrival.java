package dev.sandpiper.edge.library;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A document that has come in and lies in the blob store.
///
/// @param name file name as it was sent
/// @param mediaType what the sender claimed
/// @param origin the door: `folder`, `http`, `cli`, …
/// @param batch the batch it came with
public record NewArrival(
    String sha256,
    long size,
    String name,
    @Nullable String mediaType,
    String origin,
    @Nullable Long batch,
    Set<String> tags) {

  /// Longest name kept, in characters.
  static final int MAX_NAME = 1000;

  public NewArrival {
    name = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    tags = Set.copyOf(tags);
  }
}
