package dev.sandpiper.parser.format.ooxml;

import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads what a package says about its document.
public final class Properties {

  private static final int LONGEST_VALUE = 4096;

  private Properties() {}

  /// Core and extended properties; a builder so that the format may add its own.
  public static Metadata.Builder read(OoxmlPackage ooxml) {
    Metadata.Builder metadata = Metadata.builder();
    for (Relationship relationship : ooxml.relationships("").values()) {
      if (relationship.external()) {
        continue;
      }
      switch (relationship.type()) {
        case "core-properties" -> core(ooxml, relationship.target(), metadata);
        case "extended-properties", "extendedProperties" ->
            extended(ooxml, relationship.target(), metadata);
        default -> {}
      }
    }
    return metadata;
  }

  private static void core(OoxmlPackage ooxml, String part, Metadata.Builder metadata) {
    try (XmlCursor xml = ooxml.xml(part)) {
      while (xml != null && xml.next()) {
        if (xml.isStart()) {
          coreProperty(xml, metadata);
        }
      }
    }
  }

  private static void coreProperty(XmlCursor xml, Metadata.Builder metadata) {
    switch (xml.name()) {
      case "dc:title" -> metadata.title(xml.allText(LONGEST_VALUE));
      case "dc:creator" -> {
        for (String author : xml.allText(LONGEST_VALUE).split(";", -1)) {
          metadata.author(author);
        }
      }
      case "dc:language" -> metadata.language(xml.allText(LONGEST_VALUE));
      case "dcterms:created" -> metadata.created(instant(xml.allText(LONGEST_VALUE)));
      case "dcterms:modified" -> metadata.modified(instant(xml.allText(LONGEST_VALUE)));
      case "dc:subject" -> metadata.property("subject", xml.allText(LONGEST_VALUE));
      case "dc:description" -> metadata.property("description", xml.allText(LONGEST_VALUE));
      case "cp:keywords" -> metadata.property("keywords", xml.allText(LONGEST_VALUE));
      case "cp:category" -> metadata.property("category", xml.allText(LONGEST_VALUE));
      case "cp:lastModifiedBy" -> metadata.property("lastModifiedBy", xml.allText(LONGEST_VALUE));
      default -> {}
    }
  }

  private static void extended(OoxmlPackage ooxml, String part, Metadata.Builder metadata) {
    String application = null;
    String version = null;
    try (XmlCursor xml = ooxml.xml(part)) {
      while (xml != null && xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.name()) {
          case "app:Application" -> application = xml.allText(LONGEST_VALUE);
          case "app:AppVersion" -> version = xml.allText(LONGEST_VALUE);
          case "app:Company" -> metadata.property("company", xml.allText(LONGEST_VALUE));
          case "app:Manager" -> metadata.property("manager", xml.allText(LONGEST_VALUE));
          default -> {}
        }
      }
    }
    if (application != null) {
      metadata.producer(version == null ? application : application + " " + version);
    }
  }

  /// A W3C date, with or without time and zone; without a zone it is taken as UTC. `null` when it
  /// is none.
  public static @Nullable Instant instant(String value) {
    String text = value.strip();
    try {
      if (text.length() <= 10) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
