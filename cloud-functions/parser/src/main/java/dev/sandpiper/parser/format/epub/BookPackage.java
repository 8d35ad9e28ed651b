package dev.sandpiper.parser.format.epub;

import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the package document: what the book is called and which chapters it has.
final class BookPackage {

  static final Map<String, String> PREFIXES =
      Map.of(
          "http://www.idpf.org/2007/opf", "opf",
          "http://purl.org/dc/elements/1.1/", "dc",
          "urn:oasis:names:tc:opendocument:xmlns:container", "c",
          "http://www.w3.org/2001/04/xmlenc#", "enc");
  private static final int MOST_ITEMS = 20_000;
  private static final int LONGEST = 2_000;

  private final Metadata.Builder metadata = Metadata.builder();
  private final Map<String, String> chapters = new HashMap<>();
  private final List<String> spine = new ArrayList<>();
  private @Nullable String title;

  void read(XmlCursor xml) {
    while (xml.next()) {
      if (xml.isStart() && chapters.size() < MOST_ITEMS && spine.size() < MOST_ITEMS) {
        element(xml);
      }
    }
  }

  private void element(XmlCursor xml) {
    switch (xml.name()) {
      case "dc:title" -> {
        String value = xml.allText(LONGEST);
        if (title == null) {
          title = value;
          metadata.title(value);
        }
      }
      case "dc:creator" -> metadata.author(xml.allText(LONGEST));
      case "dc:language" -> metadata.language(xml.allText(LONGEST));
      case "dc:date" -> metadata.created(date(xml.allText(LONGEST)));
      case "dc:publisher" -> metadata.property("publisher", xml.allText(LONGEST));
      case "dc:identifier" -> metadata.property("identifier", xml.allText(LONGEST));
      case "dc:description" -> metadata.property("description", xml.allText(LONGEST));
      case "opf:item" -> item(xml);
      case "opf:itemref" -> {
        if (!xml.attr("linear", "yes").equals("no")) {
          spine.add(xml.attr("idref", ""));
        }
      }
      default -> {}
    }
  }

  private void item(XmlCursor xml) {
    String type = xml.attr("media-type", "");
    boolean contents = (" " + xml.attr("properties", "") + " ").contains(" nav ");
    if (type.contains("html") && !contents) {
      chapters.put(xml.attr("id", ""), xml.attr("href", ""));
    }
  }

  Metadata metadata() {
    return metadata.build();
  }

  /// Names of the chapters as the package writes them, in reading order, without the contents page.
  List<String> chapters() {
    List<String> names = new ArrayList<>();
    for (String id : spine) {
      String name = chapters.remove(id);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private static @Nullable Instant date(String value) {
    String day = value.strip();
    try {
      String full =
          day.length() == 4 ? day + "-01-01" : day.substring(0, Math.min(10, day.length()));
      return LocalDate.parse(full).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
