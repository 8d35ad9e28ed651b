package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.ArrayList;
import java.util.List;

/// The state of form fields that keep it in the field itself rather than in a result.
final class FormFields {

  private FormFields() {}

  /// Reads a `fldChar` to its end: a ticked or empty box, the chosen entry, or nothing.
  static String shown(XmlCursor xml) {
    boolean box = false;
    boolean checked = false;
    int chosen = 0;
    List<String> entries = new ArrayList<>();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "w:checkBox" -> box = true;
        case "w:default", "w:checked" -> checked = OnOff.of(xml);
        case "w:result" -> chosen = xml.intAttr("w:val", 0);
        case "w:listEntry" -> entries.add(xml.attr("w:val", ""));
        default -> {}
      }
    }
    if (box) {
      return checked ? "☒" : "☐";
    }
    return chosen >= 0 && chosen < entries.size() ? entries.get(chosen) : "";
  }
}
