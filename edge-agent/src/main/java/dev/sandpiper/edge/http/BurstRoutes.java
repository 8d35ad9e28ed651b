package dev.sandpiper.edge.http;

import dev.sandpiper.edge.burst.BurstControl;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.view.Views;
import java.util.List;
import java.util.Optional;

/// The way to the cloud.
record BurstRoutes(Optional<BurstControl> burst) {

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/burst", _ -> answer(burst.map(BurstControl::status).orElse(BurstStatus.OFF))),
        Route.post("/v1/burst/drain", _ -> answer(control().drain())),
        Route.post("/v1/burst/resume", _ -> answer(control().resume())));
  }

  private BurstControl control() {
    return burst.orElseThrow(() ->
        Problem.of(
                409,
                "Conflict",
                "Bursts to the cloud are switched off: set burst.aws.mode and restart the agent.")
            .thrown());
  }

  private static Response answer(BurstStatus status) {
    return Response.ok(json -> Views.burst(json, status));
  }
}
