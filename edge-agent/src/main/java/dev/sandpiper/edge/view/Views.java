package dev.sandpiper.edge.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Receipt;
import dev.sandpiper.edge.library.BatchProgress;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.SearchHit;
import dev.sandpiper.edge.library.SearchPage;
import dev.sandpiper.edge.queue.Job;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes one thing as one JSON object.
public final class Views {

  private Views() {}

  /// A document of the library.
  public static void document(JsonGenerator json, DocumentInfo document) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", document.sha256());
    json.writeStringField("name", document.name());
    json.writeStringField("state", lower(document.state()));
    json.writeNumberField("size", document.size());
    Json.text(json, "mediaType", document.mediaType());
    json.writeNumberField("pages", document.pages());
    Json.text(json, "title", document.title());
    texts(json, "authors", document.authors());
    Json.time(json, "created", document.created());
    Json.time(json, "modified", document.modified());
    Json.text(json, "language", document.language());
    Json.text(json, "code", document.code());
    Json.text(json, "message", document.message());
    json.writeNumberField("warnings", document.warnings());
    json.writeNumberField("chunks", document.chunks());
    texts(json, "tags", document.tags());
    Json.time(json, "received", document.received());
    Json.time(json, "parsed", document.parsed());
    json.writeEndObject();
  }

  /// The way to the cloud.
  public static void burst(JsonGenerator json, BurstStatus status) throws IOException {
    json.writeStartObject();
    json.writeStringField("mode", status.mode());
    json.writeStringField("state", lower(status.state()));
    json.writeNumberField("inFlight", status.inFlight());
    json.writeNumberField("share", status.share());
    json.writeNumberField("concurrency", status.concurrency());
    Json.text(json, "reason", status.reason());
    Json.time(json, "retryAt", status.retryAt());
    json.writeEndObject();
  }

  /// A job.
  public static void job(JsonGenerator json, Job job) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", job.id());
    json.writeStringField("kind", job.kind());
    json.writeStringField("state", lower(job.state()));
    json.writeStringField("priority", lower(job.priority()));
    json.writeStringField("document", job.subject());
    json.writeNumberField("attempts", job.attempts());
    json.writeNumberField("kills", job.kills());
    if (job.batch() != null) {
      json.writeNumberField("batch", job.batch());
    }
    Json.text(json, "reason", job.reason());
    Optional<JobOutcome> outcome = JobOutcome.of(job);
    if (outcome.isPresent()) {
      json.writeStringField("outcome", outcome.get().state());
      Json.text(json, "code", outcome.get().code());
    }
    Json.time(json, "due", job.dueAt());
    Json.time(json, "created", job.created());
    Json.time(json, "updated", job.updated());
    json.writeEndObject();
  }

  /// How far a batch is.
  public static void batch(JsonGenerator json, BatchProgress batch) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", batch.id());
    json.writeStringField("label", batch.label());
    Json.time(json, "created", batch.created());
    json.writeNumberField("total", batch.total());
    json.writeNumberField("pending", batch.pending());
    json.writeNumberField("parsed", batch.parsed());
    json.writeNumberField("failed", batch.failed());
    json.writeNumberField("parked", batch.parked());
    json.writeEndObject();
  }

  /// Hits; the found words of a snippet are between `<mark>` and `</mark>`, its text is HTML-safe.
  public static void hits(JsonGenerator json, SearchPage page) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("hits");
    for (SearchHit hit : page.hits()) {
      json.writeStartObject();
      json.writeStringField("document", hit.document().sha256());
      json.writeStringField("name", hit.document().name());
      Json.text(json, "title", hit.document().title());
      texts(json, "headings", hit.headings());
      if (hit.pages() != null) {
        json.writeNumberField("firstPage", hit.pages().first());
        json.writeNumberField("lastPage", hit.pages().last());
      }
      Json.text(json, "place", hit.place());
      json.writeStringField("snippet", hit.snippet().marked("<mark>", "</mark>", Views::html));
      json.writeNumberField("score", hit.score());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("hasMore", page.hasMore());
    texts(json, "notes", page.notes());
    json.writeEndObject();
  }

  /// A receipt for a document named `name`.
  public static void receipt(JsonGenerator json, String name, Receipt receipt) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    switch (receipt) {
      case Receipt.Queued(DocumentInfo document, long job) -> {
        json.writeStringField("state", "queued");
        json.writeStringField("id", document.sha256());
        json.writeNumberField("job", job);
      }
      case Receipt.Known(DocumentInfo document) -> known(json, "parsed", document);
      case Receipt.AlreadyQueued(DocumentInfo document) -> known(json, "pending", document);
      case Receipt.FailedBefore(DocumentInfo document, String reason) -> {
        known(json, lower(document.state()), document);
        json.writeStringField("reason", reason);
      }
      case Receipt.Refused(Receipt.Why why, String message) -> {
        json.writeStringField("state", "refused");
        json.writeStringField("why", lower(why));
        json.writeStringField("reason", message);
      }
    }
    json.writeEndObject();
  }

  /// A check's finding.
  public static void check(JsonGenerator json, CheckResult check) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", check.name());
    json.writeStringField("status", lower(check.status()));
    json.writeStringField("detail", check.detail());
    if (!check.fix().isEmpty()) {
      json.writeStringField("fix", check.fix());
    }
    json.writeEndObject();
  }

  private static void known(JsonGenerator json, String state, DocumentInfo document)
      throws IOException {
    json.writeStringField("state", state);
    json.writeStringField("id", document.sha256());
  }

  private static void texts(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
