package dev.sandpiper.edge.http;

import java.util.List;

/// Everything the server serves.
public final class HttpApi {
  private final List<Route> routes;

  HttpApi(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  List<Route> routes() {
    return routes;
  }
}
