package dev.sandpiper.edge.http;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Finds the route of a request. Routes with a literal suffix are listed before those without.
final class Router {

  /// What was found.
  sealed interface Match {
    record Found(Route route, Map<String, String> parameters) implements Match {}

    record WrongMethod(String allow) implements Match {}

    record Nothing() implements Match {}
  }

  private final List<Route> routes;

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  List<Route> routes() {
    return routes;
  }

  Match find(String method, List<String> path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> parameters = route.match(path);
      if (parameters == null) {
        continue;
      }
      if (route.method().equals(wanted)) {
        return new Match.Found(route, parameters);
      }
      allowed.add(route.method());
      if (route.method().equals("GET")) {
        allowed.add("HEAD");
      }
    }
    return allowed.isEmpty()
        ? new Match.Nothing()
        : new Match.WrongMethod(String.join(", ", allowed));
  }
}
