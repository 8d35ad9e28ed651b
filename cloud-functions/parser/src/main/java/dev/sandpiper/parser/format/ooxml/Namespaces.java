package dev.sandpiper.parser.format.ooxml;

import java.util.HashMap;
import java.util.Map;

/// The prefixes under which this package and its callers know namespaces: the usual ones, for the
/// transitional and the strict form alike.
public final class Namespaces {

  private static final String TRANSITIONAL = "http://schemas.openxmlformats.org/";
  private static final String STRICT = "http://purl.oclc.org/ooxml/";

  /// Namespace URI to prefix.
  public static final Map<String, String> PREFIXES = prefixes();

  private Namespaces() {}

  private static Map<String, String> prefixes() {
    Map<String, String> map = new HashMap<>();
    both(map, "wordprocessingml", "w");
    both(map, "spreadsheetml", "s");
    both(map, "presentationml", "p");
    transitional(map, "drawingml/2006/main", "drawingml/main", "a");
    transitional(map, "drawingml/2006/chart", "drawingml/chart", "c");
    transitional(map, "drawingml/2006/diagram", "drawingml/diagram", "dgm");
    transitional(map, "drawingml/2006/picture", "drawingml/picture", "pic");
    transitional(
        map, "drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing", "wp");
    transitional(map, "officeDocument/2006/relationships", "officeDocument/relationships", "r");
    transitional(map, "officeDocument/2006/math", "officeDocument/math", "m");
    transitional(
        map, "officeDocument/2006/extended-properties", "officeDocument/extendedProperties", "app");
    map.put(TRANSITIONAL + "package/2006/relationships", "rel");
    map.put(TRANSITIONAL + "package/2006/metadata/core-properties", "cp");
    map.put(TRANSITIONAL + "markup-compatibility/2006", "mc");
    map.put("http://purl.org/dc/elements/1.1/", "dc");
    map.put("http://purl.org/dc/terms/", "dcterms");
    map.put("urn:schemas-microsoft-com:vml", "v");
    map.put("urn:schemas-microsoft-com:office:office", "o");
    map.put("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps");
    map.put("http://schemas.microsoft.com/office/word/2010/wordml", "w14");
    map.put("http://schemas.microsoft.com/office/powerpoint/2018/8/main", "p188");
    return Map.copyOf(map);
  }

  private static void both(Map<String, String> map, String name, String prefix) {
    transitional(map, name + "/2006/main", name + "/main", prefix);
  }

  private static void transitional(
      Map<String, String> map, String transitional, String strict, String prefix) {
    map.put(TRANSITIONAL + transitional, prefix);
    map.put(STRICT + strict, prefix);
  }
}
