package dev.sandpiper.edge.http;

import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.util.List;

/// What is planned: letting it rest, going on, doing it now.
record ScheduleRoutes(Database database, Schedules schedules) {

  List<Route> routes() {
    return List.of(
        Route.post("/v1/schedules/{name}/pause", request -> act(request, schedules::pause)),
        Route.post("/v1/schedules/{name}/resume", request -> act(request, schedules::resume)),
        Route.post("/v1/schedules/{name}/run", request -> act(request, schedules::runNow)));
  }

  private interface Step {
    boolean make(Tx tx, long id);
  }

  private Response act(Request request, Step step) {
    String name = request.parameter("name");
    Schedule schedule =
        schedules
            .find(name)
            .orElseThrow(() ->
                Problem.notFound(
                        "No schedule " + name + "; 'sandpiper schedules' lists what is planned.")
                    .thrown());
    boolean changed = database.write(tx -> step.make(tx, schedule.id()));
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeStringField("name", schedule.name());
      json.writeStringField("changed", Boolean.toString(changed));
      json.writeEndObject();
    });
  }
}
