package dev.sandpiper.parser.format;

import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.util.List;

/// A format whose pages can be parsed apart and joined: `parse` equals `join` over the `pages` of
/// any partition.
public interface PagedFormat extends FormatParser {

  /// Estimated cost of a document, found without parsing its pages.
  ///
  /// @param pageCount number of pages
  /// @param millis estimated time to parse all of them, warm, on one core
  /// @param reason the estimate in words
  record Estimate(int pageCount, long millis, String reason) {}

  /// Counts pages and estimates the work.
  Estimate estimate(ByteSource source, ParseContext context) throws IOException;

  /// Parses the context's selected pages on their own: one opaque JSON value per page, holding all
  /// that [#join] needs, the document's metadata and warnings included (a value may describe the
  /// document instead of a page).
  List<String> pages(ByteSource source, ParseContext context) throws IOException;

  /// Makes the document from the page values of all parts, in page order.
  Document join(List<String> pages, ParseContext context) throws IOException;
}
