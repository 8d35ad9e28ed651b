package dev.sandpiper.edge.http;

import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.PeopleControl;
import dev.sandpiper.edge.people.PeopleControl.Change;
import dev.sandpiper.edge.people.PeopleJson;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.view.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may talk to the agent.
record PeopleRoutes(PeopleControl control) {

  private static final int LONGEST_NAME = 64;

  List<Route> routes() {
    return List.of(
        Route.get("/v1/people", _ -> list()),
        Route.post("/v1/people/{id}/role", this::role),
        new Route("DELETE", "/v1/people/{id}", Route.Access.LOOKUP, this::remove),
        Route.post("/v1/pairing-codes", this::pair));
  }

  private Response list() {
    List<People.Entry> everybody = control.list();
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("people");
      for (People.Entry entry : everybody) {
        PeopleJson.write(json, entry);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private Response pair(Request request) {
    String person = request.first("person");
    PeopleControl.Made made =
        person == null
            ? control.code(role(request.first("role")), name(request.first("name")))
            : link(person);
    return Response.json(201, Json.bytes(json -> PeopleJson.write(json, made)));
  }

  private PeopleControl.Made link(String person) {
    return number(person).flatMap(control::linkCode).orElseThrow(() -> unknown(person));
  }

  private Response role(Request request) {
    Role role = role(request.first("role"));
    if (role == null) {
      throw badRole();
    }
    return changed(request, number(request).map(id -> control.role(id, role)));
  }

  private Response remove(Request request) {
    return changed(request, number(request).map(control::remove));
  }

  private static Response changed(Request request, Optional<Change> change) {
    return switch (change.orElseGet(Change.Unknown::new)) {
      case Change.Done(var person) -> Response.ok(json -> PeopleJson.write(json, person));
      case Change.Unknown() -> throw unknown(request.parameter("id"));
      case Change.Listed listed -> throw Problem.of(409, "Conflict", listed.message()).thrown();
    };
  }

  private static Problem.Thrown unknown(String id) {
    return Problem.notFound("No person " + id + "; /v1/people lists who there is.").thrown();
  }

  private static Problem.Thrown badRole() {
    return Problem.badRequest("role must be one of owner, member, guest.").thrown();
  }

  private static @Nullable Role role(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (Role role : Role.values()) {
      if (role.name().equalsIgnoreCase(text)) {
        return role;
      }
    }
    throw badRole();
  }

  private static @Nullable String name(@Nullable String name) {
    if (name != null && name.length() > LONGEST_NAME) {
      throw Problem.badRequest("name has at most " + LONGEST_NAME + " characters.").thrown();
    }
    return name;
  }

  private static Optional<Long> number(Request request) {
    return number(request.parameter("id"));
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
