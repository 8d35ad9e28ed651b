package dev.sandpiper.parser.format.xlsx;

import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.ooxml.Relationship;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the sheets of a workbook share.
record Workbook(List<Sheet> sheets, boolean date1904, SharedStrings strings, CellFormats formats) {

  private static final int MOST_SHEETS = 10_000;

  /// A sheet of cells.
  record Sheet(String name, String part, boolean hidden) {}

  /// Collects the sheets in order of their tabs; chart sheets have no cells.
  ///
  /// @return whether dates count from 1904
  static boolean readSheets(
      @Nullable XmlCursor xml, Map<String, Relationship> relationships, List<Sheet> sheets) {
    boolean date1904 = false;
    while (xml != null && xml.next()) {
      if (xml.isStart("s:workbookPr")) {
        String flag = xml.attr("date1904", "0");
        date1904 = flag.equals("1") || flag.equals("true");
      } else if (xml.isStart("s:sheet") && sheets.size() < MOST_SHEETS) {
        Relationship target = relationships.get(xml.attr("r:id", ""));
        if (target != null && !target.external() && target.type().equals("worksheet")) {
          boolean hidden = !xml.attr("state", "visible").equals("visible");
          sheets.add(new Sheet(xml.attr("name", ""), target.target(), hidden));
        }
      }
    }
    return date1904;
  }

  /// A stored value as its cell shows it.
  String shown(String type, String raw, int style) {
    return switch (type) {
      case "s" -> strings.get(raw);
      case "b" -> raw.strip().equals("1") ? "TRUE" : raw.isBlank() ? "" : "FALSE";
      case "e", "str", "inlineStr", "d" -> raw;
      default -> number(raw, style);
    };
  }

  private String number(String raw, int style) {
    if (raw.isBlank()) {
      return "";
    }
    try {
      return formats.of(style).show(Double.parseDouble(raw.strip()), date1904);
    } catch (NumberFormatException e) {
      return raw;
    }
  }
}
