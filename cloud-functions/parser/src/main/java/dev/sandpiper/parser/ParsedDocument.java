package dev.sandpiper.parser;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.task.ParseWarning;
import java.util.List;

/// What came of parsing: the document and what went wrong on the way.
///
/// @param format the detected format
public record ParsedDocument(Format format, Document document, List<ParseWarning> warnings) {

  public ParsedDocument {
    warnings = List.copyOf(warnings);
  }
}
