package dev.sandpiper.edge.http;

import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.intake.Receipt;
import dev.sandpiper.edge.intake.Submission;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.view.Json;
import dev.sandpiper.edge.view.Views;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Takes documents in: a raw body, or a multipart form with several files.
final class Uploads implements Route.Handler {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String FORM = "multipart/form-data";

  private final Intake intake;
  private final Library library;

  Uploads(Intake intake, Library library) {
    this.intake = intake;
    this.library = library;
  }

  private record Taken(String name, Receipt receipt) {}

  @Override
  public Response handle(Request request) throws IOException {
    String type = request.header("content-type");
    Submission form = submission(request, "document", type);
    // Asked before the first byte is read: a client that waits for 100 Continue sends nothing.
    intake.refusal(request.length()).ifPresent(Uploads::refuse);
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      return form(request, type);
    }
    String name = ContentDisposition.name(request.header("content-disposition"));
    String given = request.first("name");
    Submission submission =
        given != null || name != null
            ? submission(request, given != null ? given : String.valueOf(name), type)
            : form;
    Receipt receipt = intake.accept(request.body(), submission);
    if (receipt instanceof Receipt.Refused refused) {
      refuse(refused);
    }
    return Response.json(
        receipt instanceof Receipt.Known ? 200 : 202,
        Json.bytes(json -> Views.receipt(json, submission.name(), receipt)));
  }

  private Response form(Request request, String type) throws IOException {
    MultipartReader reader = MultipartReader.open(request.body(), type);
    List<Taken> taken = new ArrayList<>();
    for (MultipartReader.Part part = reader.next(); part != null; part = reader.next()) {
      if (part.fileName() == null) {
        continue;
      }
      Submission submission = submission(request, part.fileName(), part.contentType());
      taken.add(new Taken(submission.name(), intake.accept(part.body(), submission)));
    }
    if (taken.isEmpty()) {
      throw Problem.badRequest(
              "The form holds no file. Send one as a part with a filename, as in curl -F file=@a.pdf.")
          .thrown();
    }
    if (taken.getFirst().receipt() instanceof Receipt.Refused refused
        && taken.stream().allMatch(one -> one.receipt() instanceof Receipt.Refused)) {
      refuse(refused);
    }
    boolean allKnown = taken.stream().allMatch(one -> one.receipt() instanceof Receipt.Known);
    return Response.json(
        allKnown ? 200 : 202,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("documents");
          for (Taken one : taken) {
            Views.receipt(json, one.name(), one.receipt());
          }
          json.writeEndArray();
          json.writeEndObject();
        }));
  }

  private Submission submission(Request request, String name, @Nullable String type) {
    Long batch =
        request.first("batch") == null ? null : request.number("batch", 0, 1, Long.MAX_VALUE);
    if (batch != null && library.batch(batch).isEmpty()) {
      throw Problem.notFound("No batch " + batch + "; POST /v1/batches opens one.").thrown();
    }
    try {
      return new Submission(
          name,
          claimed(type),
          "http",
          priority(request.first("priority")),
          batch,
          new LinkedHashSet<>(request.all("tag")));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage() + ".").thrown();
    }
  }

  /// What clients send when they do not know says nothing.
  private static @Nullable String claimed(@Nullable String type) {
    return type == null
            || type.startsWith(FORM)
            || type.startsWith("application/octet-stream")
            || type.startsWith("application/x-www-form-urlencoded")
        ? null
        : type;
  }

  private static Priority priority(@Nullable String text) {
    if (text == null) {
      return Priority.INTERACTIVE;
    }
    for (Priority priority : Priority.values()) {
      if (priority.name().equalsIgnoreCase(text)) {
        return priority;
      }
    }
    throw Problem.badRequest("priority must be one of chat, interactive, bulk.").thrown();
  }

  private static void refuse(Receipt.Refused refused) {
    throw refusal(refused);
  }

  /// What a sender is answered whose document is not taken.
  static Problem.Thrown refusal(Receipt.Refused refused) {
    return switch (refused.why()) {
      case QUEUE_FULL -> Problem.later(503, "Queue full", refused.message(), PATIENCE).thrown();
      case DISK_FULL ->
          Problem.later(507, "Insufficient storage", refused.message(), PATIENCE).thrown();
      case TOO_LARGE -> Problem.of(413, "Content too large", refused.message()).thrown();
    };
  }
}
