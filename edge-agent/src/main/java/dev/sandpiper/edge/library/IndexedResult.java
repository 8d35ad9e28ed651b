package dev.sandpiper.edge.library;

import dev.sandpiper.contract.Chunk;
import java.util.List;

/// A result whose chunks have been read: what [Library#index] prepares and [Library#storeParsed]
/// makes seen.
///
/// @param staged chunks that are in the index already
/// @param rest the chunks after those, still to be put in
public record IndexedResult(ParsedResult result, int staged, List<Chunk> rest) {

  public IndexedResult {
    rest = List.copyOf(rest);
  }
}
