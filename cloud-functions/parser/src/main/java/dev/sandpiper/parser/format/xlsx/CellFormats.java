package dev.sandpiper.parser.format.xlsx;

import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The number format of every cell style.
final class CellFormats {

  private static final int MOST_STYLES = 100_000;

  private final List<NumberFormat> byStyle = new ArrayList<>();

  /// Reads `styles.xml`; `null` when there is none.
  static CellFormats read(@Nullable XmlCursor xml) {
    CellFormats formats = new CellFormats();
    Map<Integer, String> codes = new HashMap<>();
    Map<Integer, NumberFormat> known = new HashMap<>();
    while (xml != null && xml.next()) {
      if (xml.isStart("s:numFmt")) {
        codes.put(xml.intAttr("numFmtId", 0), xml.attr("formatCode", ""));
      } else if (xml.isStart("s:cellXfs")) {
        int depth = xml.depth();
        while (xml.nextIn(depth)) {
          if (xml.isStart("s:xf") && formats.byStyle.size() < MOST_STYLES) {
            int id = xml.intAttr("numFmtId", 0);
            formats.byStyle.add(known.computeIfAbsent(id, i -> format(i, codes)));
          }
        }
      } else if (xml.isStart("s:dxfs")) {
        xml.skip();
      }
    }
    return formats;
  }

  private static NumberFormat format(int id, Map<Integer, String> codes) {
    String own = codes.get(id);
    return NumberFormat.of(own == null ? BuiltInFormats.code(id) : own);
  }

  /// The format of a style; General when unknown.
  NumberFormat of(int style) {
    return style >= 0 && style < byStyle.size() ? byStyle.get(style) : NumberFormat.GENERAL;
  }
}
