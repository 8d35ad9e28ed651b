package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.document.Block;
import java.util.List;

/// Something on a slide.
///
/// @param role what the layout means it for
/// @param area where it lies, in English metric units
record Shape(Role role, Area area, List<Block> blocks) {

  /// What a shape is for.
  enum Role {
    /// The title of the whole presentation or of a section.
    MAIN_TITLE,
    TITLE,
    BODY,
    /// Date, footer, slide number.
    MARGIN,
    OTHER
  }

  /// A rectangle.
  record Area(long left, long top, long right, long bottom) {
    static final Area UNKNOWN = new Area(0, 0, 0, 0);

    boolean isKnown() {
      return right > left || bottom > top;
    }

    /// The same inside a group whose coordinates differ from the slide's.
    Area moved(long fromLeft, long fromTop, double scaleX, double scaleY, Area to) {
      return new Area(
          to.left + Math.round((left - fromLeft) * scaleX),
          to.top + Math.round((top - fromTop) * scaleY),
          to.left + Math.round((right - fromLeft) * scaleX),
          to.top + Math.round((bottom - fromTop) * scaleY));
    }
  }
}
