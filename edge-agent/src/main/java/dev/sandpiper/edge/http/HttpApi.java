package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.library.SearchQuery;
import dev.sandpiper.edge.people.PeopleControl;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.view.Views;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the server serves.
public final class HttpApi {

  private final List<Route> routes = new ArrayList<>();
  private final ApiParts parts;
  private @Nullable Ledger ledger;

  public HttpApi(ApiParts parts) {
    this.parts = parts;
    routes.add(new Route("GET", "/healthz", Route.Access.OPEN, _ -> text("ok\n")));
    routes.add(Route.get("/readyz", _ -> ready()));
    routes.add(Route.get("/v1/openapi.json", _ -> description()));
    routes.add(
        Route.get("/v1/events", request -> new Response.Events(request.header("last-event-id"))));
    routes.add(Route.get("/v1/search", this::search));
    routes.addAll(new DocumentRoutes(parts).routes());
    routes.addAll(new JobRoutes(parts).routes());
    routes.addAll(new BurstRoutes(parts.burst()).routes());
  }

  /// Serves who may talk to the agent, too.
  public HttpApi withPeople(PeopleControl people) {
    routes.addAll(new PeopleRoutes(people).routes());
    return this;
  }

  /// Serves what is paused, too; to be called before [#withChat], whose page then shows what is
  /// spent.
  public HttpApi withLedger(Ledger ledger) {
    this.ledger = ledger;
    routes.addAll(new PauseRoutes(ledger).routes());
    return this;
  }

  /// Serves what is planned, too.
  public HttpApi withSchedules(Database database, Schedules schedules) {
    routes.addAll(new ScheduleRoutes(database, schedules).routes());
    return this;
  }

  /// Serves the page and the conversation, too.
  ///
  /// @param token the agent's, which logs its owner in
  public HttpApi withChat(ChatParts chat, Secret token) {
    Visits visits = new Visits(chat);
    routes.addAll(PageRoutes.routes());
    routes.addAll(new LoginRoutes(chat, visits, token).routes());
    routes.addAll(new ChatRoutes(chat, visits, parts).routes());
    if (ledger != null) {
      routes.addAll(new SpendingRoutes(ledger, visits).routes());
    }
    return this;
  }

  /// Sends what the owner has to say to others, too.
  public HttpApi withDispatch(ChatParts chat, Dispatch dispatch) {
    routes.addAll(new SendRoutes(chat, dispatch).routes());
    return this;
  }

  /// Serves the doors of channels, too.
  public HttpApi withHooks(List<Hook> hooks) {
    routes.addAll(new HookRoutes(hooks).routes());
    return this;
  }

  List<Route> routes() {
    return routes;
  }

  private static Response text(String text) {
    return new Response.Whole(
        200, "text/plain; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  private Response ready() {
    List<CheckResult> checks = parts.checks().get();
    boolean ready = checks.stream().noneMatch(c -> c.status() == CheckResult.Status.FAIL);
    byte[] body =
        dev.sandpiper.edge.view.Json.bytes(json -> {
          json.writeStartObject();
          json.writeBooleanField("ready", ready);
          json.writeArrayFieldStart("checks");
          for (CheckResult check : checks) {
            Views.check(json, check);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
    return Response.json(ready ? 200 : 503, body);
  }

  private static Response description() throws IOException {
    try (InputStream in = HttpApi.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the jar");
      }
      return Response.json(200, in.readAllBytes());
    }
  }

  private Response search(Request request) {
    String words = request.first("q");
    if (words == null || words.isBlank()) {
      throw Problem.badRequest("Say what to look for, as in /v1/search?q=invoice.").thrown();
    }
    if (words.length() > SearchQuery.MAX_LENGTH) {
      throw Problem.badRequest("q has at most " + SearchQuery.MAX_LENGTH + " characters.").thrown();
    }
    SearchQuery query =
        SearchQuery.parse(words)
            .page(
                (int) request.number("offset", 0, 0, 1_000),
                (int) request.number("limit", 20, 1, 100));
    return Response.ok(json -> Views.hits(json, parts.library().search(query)));
  }
}
