package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.format.container.XmlCursor;

/// Section properties.
final class Sections {

  private Sections() {}

  /// Reads a `sectPr` to its end: whether the section starts a page.
  static boolean startsPage(XmlCursor xml) {
    boolean page = true;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("w:type")) {
        String type = xml.attr("w:val", "nextPage");
        page = !type.equals("continuous") && !type.equals("nextColumn");
      }
    }
    return page;
  }
}
