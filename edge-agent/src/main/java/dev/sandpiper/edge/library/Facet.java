package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.DocumentFilter.Facets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Filters as SQL conditions on `documents d`.
final class Facet {
  private static final String DATE = "coalesce(d.modified, d.created, d.received)";
  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("pdf", "application/pdf"),
          Map.entry(
              "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
          Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
          Map.entry(
              "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
          Map.entry("odt", "application/vnd.oasis.opendocument.text"),
          Map.entry("ods", "application/vnd.oasis.opendocument.spreadsheet"),
          Map.entry("odp", "application/vnd.oasis.opendocument.presentation"),
          Map.entry("epub", "application/epub+zip"),
          Map.entry("html", "text/html"),
          Map.entry("mail", "message/rfc822"),
          Map.entry("eml", "message/rfc822"),
          Map.entry("csv", "text/csv"),
          Map.entry("tsv", "text/tab-separated-values"),
          Map.entry("rtf", "application/rtf"),
          Map.entry("msg", "application/vnd.ms-outlook"),
          Map.entry("doc", "application/msword"),
          Map.entry("xls", "application/vnd.ms-excel"),
          Map.entry("ppt", "application/vnd.ms-powerpoint"),
          Map.entry("zip", "application/zip"),
          Map.entry("tar", "application/x-tar"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/markdown"),
          Map.entry("json", "application/json"),
          Map.entry("xml", "application/xml"));

  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> args = new ArrayList<>();

  /// @param sentBy only what this person sent; `null`: everybody's
  Facet(Facets facets, @Nullable Long sentBy) {
    if (sentBy != null) {
      and("EXISTS (SELECT 1 FROM document_people WHERE document=d.sha256 AND person=?)");
      args.add(sentBy);
    }
    if (facets.type() != null) {
      String type = facets.type().toLowerCase(Locale.ROOT);
      and("(d.media_type=? OR lower(substr(d.name, -length(?)))=?)");
      args.add(MEDIA_TYPES.getOrDefault(type, type));
      args.add("." + type);
      args.add("." + type);
    }
    if (facets.after() != null) {
      and(DATE + ">=?");
      args.add(facets.after());
    }
    if (facets.before() != null) {
      and(DATE + "<?");
      args.add(facets.before());
    }
    if (facets.tag() != null) {
      and("EXISTS (SELECT 1 FROM tags WHERE tag=? AND document=d.id)");
      args.add(facets.tag());
    }
    if (facets.language() != null) {
      and("(d.language=? OR substr(d.language, 1, length(?))=?)");
      args.add(facets.language());
      args.add(facets.language() + "-");
      args.add(facets.language() + "-");
    }
  }

  /// What to say about a type that nobody knows; empty when it is known, or a media type.
  static Optional<String> unknownType(@Nullable String type) {
    if (type == null
        || type.indexOf('/') >= 0
        || MEDIA_TYPES.containsKey(type.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    return Optional.of(
        "No document has the type "
            + type
            + ". Types: "
            + String.join(", ", new TreeSet<>(MEDIA_TYPES.keySet()))
            + "; or a media type, or the end of a name.");
  }

  private void and(String condition) {
    sql.append(" AND ").append(condition);
  }

  /// Conditions, each with a leading `AND`.
  String sql() {
    return sql.toString();
  }

  /// All arguments: `before`, the conditions' own, `after`.
  @Nullable Object[] args(List<@Nullable Object> before, List<@Nullable Object> after) {
    List<@Nullable Object> all = new ArrayList<>(before);
    all.addAll(args);
    all.addAll(after);
    return all.toArray(new @Nullable Object[0]);
  }
}
