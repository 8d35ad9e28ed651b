package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.format.container.XmlCursor;

/// Picks one of the alternatives that hold the same content for different programs.
final class Alternatives {

  private Alternatives() {}

  /// From the start tag of `mc:AlternateContent` to the start tag of its first alternative, which
  /// is the richest; `false` at the end tag when there is none.
  static boolean enter(XmlCursor xml) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("mc:Choice") || xml.isStart("mc:Fallback")) {
        return true;
      }
    }
    return false;
  }

  /// From the end tag of the alternative that was read to the end tag of `mc:AlternateContent`.
  ///
  /// @param depth depth of the alternative
  static void leave(XmlCursor xml, int depth) {
    while (xml.nextIn(depth - 1)) {
      if (xml.isStart()) {
        xml.skip();
      }
    }
  }
}
