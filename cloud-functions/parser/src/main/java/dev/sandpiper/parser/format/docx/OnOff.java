package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.format.container.XmlCursor;

/// Word's booleans: an element without a value is on.
final class OnOff {

  private OnOff() {}

  static boolean isOn(String value) {
    return switch (value) {
      case "0", "false", "off", "none" -> false;
      default -> true;
    };
  }

  /// The current start tag as a boolean.
  static boolean of(XmlCursor xml) {
    return isOn(xml.attr("w:val", "1"));
  }
}
