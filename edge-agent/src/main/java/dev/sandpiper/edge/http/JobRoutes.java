package dev.sandpiper.edge.http;

import dev.sandpiper.edge.intake.JobControl;
import dev.sandpiper.edge.library.BatchProgress;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.view.Json;
import dev.sandpiper.edge.view.Views;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Jobs and batches.
final class JobRoutes {

  private static final int LONGEST_LABEL = 200;

  private final ApiParts parts;

  JobRoutes(ApiParts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/jobs", this::list),
        Route.get("/v1/jobs/{id}", this::show),
        Route.post("/v1/jobs/{id}/retry", this::retry),
        Route.post("/v1/jobs/{id}/cancel", this::cancel),
        Route.post("/v1/batches", this::openBatch),
        Route.get("/v1/batches/{id}", this::batch));
  }

  private Response list(Request request) {
    int limit = (int) request.number("limit", 50, 1, 1_000);
    Long batch =
        request.first("batch") == null ? null : request.number("batch", 0, 1, Long.MAX_VALUE);
    JobFilter filter =
        new JobFilter(
            state(request.first("state")),
            batch,
            request.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE),
            limit);
    List<Job> jobs = parts.queue().view().list(filter);
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("jobs");
      for (Job job : jobs) {
        Views.job(json, job);
      }
      json.writeEndArray();
      if (jobs.size() == limit) {
        json.writeNumberField("nextBefore", jobs.getLast().id());
      }
      json.writeEndObject();
    });
  }

  private static @Nullable JobState state(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (JobState state : JobState.values()) {
      if (state.name().equalsIgnoreCase(text)) {
        return state;
      }
    }
    throw Problem.badRequest(
            "state must be one of ready, running, waiting, done, parked, cancelled.")
        .thrown();
  }

  private Response show(Request request) {
    Job job = find(request);
    return Response.ok(json -> Views.job(json, job));
  }

  private Response retry(Request request) {
    Job job = find(request);
    boolean resumed = control().retry(job);
    if (!resumed) {
      throw conflict(job, "only a parked job can be retried");
    }
    return show(request);
  }

  private JobControl control() {
    return new JobControl(parts.database(), parts.library(), parts.queue());
  }

  private Response cancel(Request request) {
    Job job = find(request);
    boolean cancelled = control().cancel(job);
    if (!cancelled) {
      throw conflict(job, "it has ended already");
    }
    return show(request);
  }

  private static Problem.Thrown conflict(Job job, String why) {
    return Problem.of(
            409,
            "Conflict",
            "Job %d is %s: %s."
                .formatted(job.id(), job.state().name().toLowerCase(Locale.ROOT), why))
        .thrown();
  }

  private Job find(Request request) {
    return number(request)
        .flatMap(id -> parts.queue().view().find(id))
        .orElseThrow(() ->
            Problem.notFound(
                    "No job " + request.parameter("id") + "; /v1/jobs lists what there is.")
                .thrown());
  }

  private Response openBatch(Request request) {
    String label = request.first("label");
    String name = label == null ? "" : label;
    if (name.length() > LONGEST_LABEL) {
      throw Problem.badRequest("label has at most " + LONGEST_LABEL + " characters.").thrown();
    }
    long id = parts.database().write(tx -> parts.library().openBatch(tx, name));
    return Response.json(
        201,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeNumberField("id", id);
          json.writeStringField("label", name);
          json.writeEndObject();
        }));
  }

  private Response batch(Request request) {
    BatchProgress batch =
        number(request)
            .flatMap(id -> parts.library().batch(id))
            .orElseThrow(() ->
                Problem.notFound(
                        "No batch " + request.parameter("id") + "; POST /v1/batches opens one.")
                    .thrown());
    return Response.ok(json -> Views.batch(json, batch));
  }

  private static Optional<Long> number(Request request) {
    try {
      return Optional.of(Long.valueOf(request.parameter("id")));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
