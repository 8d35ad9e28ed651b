package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.web.Tries;
import dev.sandpiper.edge.channel.web.Visitor;
import dev.sandpiper.edge.channel.web.WebSessions;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who is at the page: log in and out, and the browsers that are logged in.
final class LoginRoutes {

  private final ChatParts parts;
  private final Visits visits;
  private final Tries tries;
  private final Secret token;

  /// @param token the agent's
  LoginRoutes(ChatParts parts, Visits visits, Secret token) {
    this.parts = parts;
    this.visits = visits;
    this.token = token;
    this.tries = new Tries(parts.clock());
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/chat/login", Route.Access.OPEN, this::login),
        new Route("POST", "/v1/chat/logout", Route.Access.OPEN, this::logout),
        new Route("GET", "/v1/chat/me", Route.Access.OPEN, this::me),
        new Route("GET", "/v1/chat/sessions", Route.Access.OPEN, this::sessions),
        new Route("DELETE", "/v1/chat/sessions/{id}", Route.Access.OPEN, this::end));
  }

  private Response login(Request request) throws IOException {
    Visits.requireOurPage(request, false);
    JsonValue body = JsonBody.read(request);
    String secret = body.text("secret", "").strip();
    String language = body.text("language", "en");
    Optional<Visitor> visitor =
        token.matches(secret) ? Optional.of(parts.door().owner()) : redeemed(secret, language);
    if (visitor.isEmpty()) {
      tries.failed();
      throw Problem.of(
              401,
              "Unauthorized",
              "This is neither the agent's token nor a code that is still good. 'sandpiper pair'"
                  + " makes a new code; the token is in http.token in the agent's home.")
          .thrown();
    }
    String device = request.headers().getOrDefault("user-agent", "");
    String session = parts.sessions().begin(visitor.get().id(), device);
    return withCookie(visits.cookie(request, session));
  }

  /// The token is too long to be guessed; a code is not, so that tries are counted.
  private Optional<Visitor> redeemed(String code, String language) {
    Duration pause = tries.pause();
    if (pause.isPositive()) {
      throw Problem.later(
              429,
              "Too many requests",
              "There were too many wrong tries. Wait %d seconds, then try again."
                  .formatted(Math.max(1, pause.toSeconds())),
              pause)
          .thrown();
    }
    return code.isEmpty() || code.length() > 64
        ? Optional.empty()
        : parts.door().redeem(code, language);
  }

  private static Response withCookie(String cookie) {
    return new Response.Whole(204, "", Map.of("Set-Cookie", cookie), new byte[0]);
  }

  private Response logout(Request request) {
    Visits.Visit visit = visits.changing(request);
    end(visit.visitor(), visit.session());
    return withCookie(visits.cookie(request, null));
  }

  private Response me(Request request) {
    Visits.Visit visit = visits.looking(request);
    Visitor visitor = visit.visitor();
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeStringField("id", visitor.id());
      json.writeStringField("name", visitor.name());
      json.writeBooleanField("owner", visitor.owner());
      json.writeStringField("language", visitor.language().getLanguage());
      json.writeNumberField("session", visit.session());
      json.writeNumberField("maxFile", parts.maxBytes());
      json.writeEndObject();
    });
  }

  private Response sessions(Request request) {
    Visits.Visit visit = visits.looking(request);
    List<WebSessions.Session> sessions = parts.sessions().list(visit.visitor().id());
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("sessions");
      for (WebSessions.Session session : sessions) {
        json.writeStartObject();
        json.writeNumberField("id", session.id());
        json.writeStringField("device", session.device());
        Json.time(json, "created", session.created());
        Json.time(json, "seen", session.seen());
        json.writeBooleanField("current", session.id() == visit.session());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private Response end(Request request) {
    Visits.Visit visit = visits.changing(request);
    String id = request.parameter("id");
    boolean number = id.length() < 19 && id.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number || !end(visit.visitor(), Long.parseLong(id))) {
      throw Problem.notFound(
              "No session " + id.toLowerCase(Locale.ROOT) + "; /v1/chat/sessions lists yours.")
          .thrown();
    }
    return Response.empty();
  }

  private boolean end(Visitor visitor, long session) {
    boolean ended = parts.sessions().end(visitor.id(), session);
    if (ended) {
      parts.channel().endListening(session);
    }
    return ended;
  }
}
