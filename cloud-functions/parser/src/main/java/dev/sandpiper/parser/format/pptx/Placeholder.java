package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.format.container.XmlCursor;

/// Names the place in a layout that a shape fills.
///
/// @param type kind of content; `obj` when not named
record Placeholder(String type, String index) {

  /// Reads a `p:ph` start tag.
  static Placeholder of(XmlCursor xml) {
    return new Placeholder(xml.attr("type", "obj"), xml.attr("idx", ""));
  }

  Shape.Role role() {
    return switch (type) {
      case "ctrTitle" -> Shape.Role.MAIN_TITLE;
      case "title" -> Shape.Role.TITLE;
      case "dt", "ftr", "sldNum", "hdr" -> Shape.Role.MARGIN;
      case "obj", "body", "half", "tbl" -> Shape.Role.BODY;
      default -> Shape.Role.OTHER;
    };
  }
}
