package dev.sandpiper.parser.format.odf;

import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.SafeZip;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads `meta.xml`.
final class OdfMetadata {

  private static final int LONGEST_VALUE = 4096;

  private OdfMetadata() {}

  static Metadata read(SafeZip zip, ParseContext context) {
    Metadata.Builder metadata = Metadata.builder();
    String lastAuthor = "";
    try (XmlCursor xml = zip.xml("meta.xml", Odf.PREFIXES, context)) {
      while (xml != null && xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.name()) {
          case "dc:title" -> metadata.title(xml.allText(LONGEST_VALUE));
          case "meta:initial-creator" -> metadata.author(xml.allText(LONGEST_VALUE));
          case "dc:creator" -> lastAuthor = xml.allText(LONGEST_VALUE);
          case "meta:creation-date" -> metadata.created(instant(xml.allText(LONGEST_VALUE)));
          case "dc:date" -> metadata.modified(instant(xml.allText(LONGEST_VALUE)));
          case "dc:language" -> metadata.language(xml.allText(LONGEST_VALUE));
          case "meta:generator" -> metadata.producer(xml.allText(LONGEST_VALUE));
          case "dc:subject" -> metadata.property("subject", xml.allText(LONGEST_VALUE));
          case "dc:description" -> metadata.property("description", xml.allText(LONGEST_VALUE));
          case "meta:keyword" -> metadata.property("keywords", xml.allText(LONGEST_VALUE));
          default -> {}
        }
      }
    }
    if (metadata.build().authors().isEmpty()) {
      metadata.author(lastAuthor);
    }
    return metadata.build();
  }

  private static @Nullable Instant instant(String value) {
    String text = value.strip();
    try {
      return text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
