package dev.sandpiper.edge.http;

import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Refusal;
import java.util.List;

/// Workflows that buy nothing for now.
record PauseRoutes(Ledger ledger) {

  List<Route> routes() {
    return List.of(
        Route.get("/v1/pauses", _ -> list()), Route.post("/v1/pauses/resume", this::resume));
  }

  private Response list() {
    List<Refusal.Paused> pauses = ledger.pauses();
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("pauses");
      for (Refusal.Paused pause : pauses) {
        json.writeStartObject();
        json.writeStringField("workflow", pause.workflow());
        json.writeStringField("seen", pause.seen());
        json.writeStringField("since", pause.since().toInstant().toString());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private Response resume(Request request) {
    String workflow = request.first("workflow");
    if (workflow == null || workflow.isBlank()) {
      throw Problem.badRequest("Say which, as in /v1/pauses/resume?workflow=ask.").thrown();
    }
    if (!ledger.resume(workflow)) {
      throw Problem.notFound("That workflow is not paused; /v1/pauses lists what is.").thrown();
    }
    return list();
  }
}
