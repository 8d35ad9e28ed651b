package dev.sandpiper.parser.format.odf;

import java.util.HashMap;
import java.util.Map;

/// The prefixes under which this package knows namespaces: the usual ones.
final class Odf {

  static final Map<String, String> PREFIXES = prefixes();

  private Odf() {}

  private static Map<String, String> prefixes() {
    Map<String, String> map = new HashMap<>();
    for (String name :
        new String[] {
          "office", "style", "text", "table", "drawing", "presentation", "meta", "manifest"
        }) {
      map.put("urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0", name);
    }
    map.put("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw");
    map.put("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo");
    map.put("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg");
    map.put("http://purl.org/dc/elements/1.1/", "dc");
    map.put("http://www.w3.org/1999/xlink", "xlink");
    map.put("http://www.w3.org/1998/Math/MathML", "math");
    return Map.copyOf(map);
  }
}
