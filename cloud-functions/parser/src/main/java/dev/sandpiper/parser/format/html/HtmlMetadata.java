package dev.sandpiper.parser.format.html;

import dev.sandpiper.parser.document.Metadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// What a page says about itself in `<head>`: title, meta tags, OpenGraph, Dublin Core.
final class HtmlMetadata {

  private static final int LONGEST = 1000;
  private static final int MOST_AUTHORS = 50;

  private HtmlMetadata() {}

  static Metadata read(Document page) {
    Metadata.Builder metadata = Metadata.builder();
    metadata.title(first(page.title(), meta(page, "og:title"), meta(page, "dc.title")));
    page.select("meta[name=author], meta[name=dc.creator], meta[name=citation_author]").stream()
        .limit(MOST_AUTHORS)
        .forEach(author -> metadata.author(cut(author.attr("content"))));
    metadata.created(
        date(
            first(
                meta(page, "article:published_time"),
                meta(page, "date"),
                meta(page, "dc.date"),
                meta(page, "datePublished"),
                itemDate(page, "datePublished"))));
    metadata.modified(
        date(
            first(
                meta(page, "article:modified_time"),
                meta(page, "last-modified"),
                itemDate(page, "dateModified"))));
    Element html = page.selectFirst("html");
    metadata.language(
        html == null ? null : first(cut(html.attr("lang")), cut(html.attr("xml:lang"))));
    metadata.producer(meta(page, "generator"));
    metadata.property(
        "description", first(meta(page, "description"), meta(page, "og:description")));
    metadata.property("keywords", meta(page, "keywords"));
    Element canonical = page.selectFirst("link[rel=canonical]");
    metadata.property(
        "url", canonical == null ? meta(page, "og:url") : cut(canonical.attr("href")));
    return metadata.build();
  }

  private static @Nullable String meta(Document page, String name) {
    for (String key : new String[] {"name", "property", "itemprop", "http-equiv"}) {
      Element meta = page.selectFirst("meta[" + key + "=" + name + "]");
      if (meta != null && !meta.attr("content").isBlank()) {
        return cut(meta.attr("content"));
      }
    }
    return null;
  }

  private static @Nullable String itemDate(Document page, String name) {
    Element time = page.selectFirst("time[itemprop=" + name + "]");
    return time == null ? null : time.attr("datetime");
  }

  private static @Nullable String first(@Nullable String... values) {
    for (String value : values) {
      if (value != null && !value.isBlank()) {
        return cut(value);
      }
    }
    return null;
  }

  private static String cut(String value) {
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
  }

  static @Nullable Instant date(@Nullable String value) {
    if (value == null || value.length() > 40) {
      return null;
    }
    try {
      TemporalAccessor date =
          DateTimeFormatter.ofPattern("yyyy-MM-dd['T'HH:mm[:ss][.SSS]][XXX][XX]")
              .parseBest(
                  value.strip().replace(' ', 'T'),
                  OffsetDateTime::from,
                  LocalDateTime::from,
                  LocalDate::from);
      return switch (date) {
        case OffsetDateTime exact -> exact.toInstant();
        case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
        case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
        default -> null;
      };
    } catch (DateTimeException e) {
      return null;
    }
  }
}
