package dev.sandpiper.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a function answers. Content (Markdown, blocks, chunks, pages) is not part of the record: it
/// streams through a [ContentSink], from the reply itself or from the stored result.
public sealed interface ParseReply {

  /// The id of the request this answers; empty when the request was too broken to have one.
  String requestId();

  /// The document was parsed.
  ///
  /// @param pageCount pages of the whole document, also when only a range was parsed; slides or
  ///   sheets count as pages; 1 for formats without pages
  /// @param stored where the content is; `null` when it is in the reply
  record Parsed(
      String requestId,
      Metadata metadata,
      int pageCount,
      List<Warning> warnings,
      Usage usage,
      @Nullable Stored stored)
      implements ParseReply {

    public Parsed {
      warnings = List.copyOf(warnings);
    }
  }

  /// The document is worth splitting: ask for each range with `outputs = [pages]`, then join.
  ///
  /// @param ranges consecutive ranges that cover the document
  /// @param reason the decision in words, for a person to read
  record Split(String requestId, int pageCount, List<PageRange> ranges, String reason)
      implements ParseReply {

    public Split {
      ranges = List.copyOf(ranges);
    }
  }

  /// Permanent: asking again gives the same answer. `message` says what to do next.
  record Rejected(String requestId, RejectCode code, String message) implements ParseReply {}

  /// Temporary: may be asked again. `message` says what happened.
  record Failed(String requestId, FailCode code, String message) implements ParseReply {}

  /// A result stored where the request's [ResultTarget] said.
  ///
  /// @param sha256 SHA-256 of the stored bytes
  /// @param size length of the stored bytes
  record Stored(String sha256, long size) {

    public Stored {
      DocumentRef.requireSha256(sha256);
    }
  }
}
