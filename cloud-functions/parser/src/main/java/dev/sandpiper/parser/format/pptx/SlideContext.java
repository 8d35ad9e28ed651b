package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.ooxml.OoxmlPackage;
import dev.sandpiper.parser.format.ooxml.Relationship;
import java.util.Map;
import java.util.Set;

/// What readers of one slide need.
///
/// @param marks set on all its text: a hidden slide's is hidden
record SlideContext(
    int number,
    Set<Span.Mark> marks,
    Map<String, Relationship> relationships,
    OoxmlPackage ooxml,
    ParseContext context) {

  SourceSpan span() {
    return new SourceSpan.OnSlide(number);
  }

  String externalTarget(String id) {
    Relationship relationship = relationships.get(id);
    return relationship == null || !relationship.external() ? "" : relationship.target();
  }

  String target(String id) {
    Relationship relationship = relationships.get(id);
    return relationship == null ? "" : relationship.target();
  }
}
