package dev.sandpiper.edge.http;

import dev.sandpiper.edge.library.DocumentFilter;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.view.Views;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Documents: list, show, fetch, delete. [Uploads] takes them in.
final class DocumentRoutes {

  private final ApiParts parts;

  DocumentRoutes(ApiParts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "POST",
            "/v1/documents",
            Route.Access.UPLOAD,
            new Uploads(parts.intake(), parts.library())),
        Route.get("/v1/documents", this::list),
        Route.get("/v1/documents/{id}.md", this::markdown),
        Route.get("/v1/documents/{id}.json", this::json),
        Route.get("/v1/documents/{id}/source", this::source),
        Route.get("/v1/documents/{id}", this::show),
        new Route("DELETE", "/v1/documents/{id}", Route.Access.LOOKUP, this::delete));
  }

  private Response list(Request request) {
    int limit = (int) request.number("limit", 50, 1, 1_000);
    DocumentFilter filter =
        new DocumentFilter(
            state(request.first("state")),
            new DocumentFilter.Facets(
                request.first("type"), null, null, request.first("tag"), request.first("language")),
            request.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE),
            limit);
    List<DocumentInfo> documents = parts.library().list(filter);
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("documents");
      for (DocumentInfo document : documents) {
        Views.document(json, document);
      }
      json.writeEndArray();
      if (documents.size() == limit) {
        json.writeNumberField("nextBefore", documents.getLast().id());
      }
      json.writeEndObject();
    });
  }

  private static @Nullable DocumentState state(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (DocumentState state : DocumentState.values()) {
      if (state.name().equalsIgnoreCase(text)) {
        return state;
      }
    }
    throw Problem.badRequest("state must be one of pending, parsed, failed, parked.").thrown();
  }

  private Response show(Request request) {
    DocumentInfo document = find(request);
    return Response.ok(json -> Views.document(json, document));
  }

  private Response markdown(Request request) {
    DocumentInfo document = parsed(request);
    return new Response.Streamed(
        "text/markdown; charset=utf-8",
        Map.of(),
        -1,
        out -> parts.library().writeMarkdown(document.sha256(), out));
  }

  private Response json(Request request) {
    DocumentInfo document = parsed(request);
    return new Response.Streamed(
        "application/json", Map.of(), -1, out -> parts.library().writeJson(document.sha256(), out));
  }

  private Response source(Request request) throws IOException {
    DocumentInfo document = find(request);
    Path file = parts.blobs().path(document.sha256());
    return new Response.Streamed(
        "application/octet-stream",
        Map.of("Content-Disposition", attachment(document.name())),
        Files.size(file),
        out -> Files.copy(file, out));
  }

  private Response delete(Request request) {
    parts.library().delete(find(request).sha256());
    return Response.empty();
  }

  private DocumentInfo parsed(Request request) {
    DocumentInfo document = find(request);
    if (document.state() != DocumentState.PARSED) {
      throw Problem.of(
              409,
              "Conflict",
              "The document is %s%s; there is no result. /v1/documents/{id}/source has what was sent."
                  .formatted(
                      document.state().name().toLowerCase(Locale.ROOT),
                      document.message() == null ? "" : " (" + document.message() + ")"))
          .thrown();
    }
    return document;
  }

  private DocumentInfo find(Request request) {
    String id = request.parameter("id");
    return parts
        .library()
        .find(id)
        .orElseThrow(() ->
            Problem.notFound("No document " + id + "; /v1/documents lists what there is.")
                .thrown());
  }

  /// RFC 6266: the name in UTF-8, percent-encoded, so that nothing in it can end the header.
  static String attachment(String name) {
    StringBuilder encoded = new StringBuilder("attachment; filename*=UTF-8''");
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }
}
