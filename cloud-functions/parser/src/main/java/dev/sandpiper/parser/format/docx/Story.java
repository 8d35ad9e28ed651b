package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.ooxml.DrawingText;
import dev.sandpiper.parser.format.ooxml.OoxmlPackage;
import dev.sandpiper.parser.format.ooxml.Relationship;
import java.util.List;
import java.util.Map;

/// What every reader of one part of the document needs.
///
/// @param part name of the part: the body, a header, the footnotes
/// @param pages explicit pages so far; shared by all parts
record Story(
    String part,
    Map<String, Relationship> relationships,
    Styles styles,
    Numbering numbering,
    OoxmlPackage ooxml,
    ParseContext context,
    Pages pages) {

  /// Counts the pages that the author began explicitly.
  static final class Pages {
    private int current = 1;

    int next() {
      return ++current;
    }

    int count() {
      return current;
    }
  }

  SourceSpan span() {
    return new SourceSpan.InPart(part);
  }

  /// Where a relationship leads outside the package; empty when nowhere.
  String externalTarget(String id) {
    Relationship relationship = relationships.get(id);
    return relationship == null || !relationship.external() ? "" : relationship.target();
  }

  /// The part or URI a relationship names; empty when unknown.
  String target(String id) {
    Relationship relationship = relationships.get(id);
    return relationship == null ? "" : relationship.target();
  }

  List<Block> nested(String id) {
    Relationship relationship = relationships.get(id);
    return relationship == null || relationship.external()
        ? List.of()
        : ooxml.nested(relationship.target());
  }

  /// The chart a relationship names, as a table.
  List<Block> chart(String id) {
    return DrawingText.chart(ooxml, target(id), context, span());
  }

  /// The text of the diagram a relationship names.
  List<Block> diagram(String id) {
    return DrawingText.diagram(ooxml, target(id), context, span());
  }
}
