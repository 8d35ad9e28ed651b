package dev.sandpiper.edge.http;

import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What was spent on each of the last days, for the page of an owner.
///
/// @param visits who looks
record SpendingRoutes(Ledger ledger, Visits visits) {

  private static final int DAYS = 30;

  List<Route> routes() {
    return List.of(new Route("GET", "/v1/chat/spending", Route.Access.OPEN, this::days));
  }

  private Response days(Request request) {
    if (!visits.looking(request).visitor().owner()) {
      throw Problem.of(403, "Forbidden", "Only an owner sees what everybody spent.").thrown();
    }
    LocalDate today = ledger.today();
    LocalDate first = today.minusDays(DAYS - 1L);
    Statement statement = ledger.statement(first, today);
    Map<LocalDate, Long> micros =
        statement.lines().stream()
            .collect(
                Collectors.groupingBy(
                    Ledger.Line::day, Collectors.summingLong(Ledger.Line::micros)));
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("days");
      for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
        json.writeStartObject();
        json.writeStringField("day", day.toString());
        json.writeNumberField("micros", micros.getOrDefault(day, 0L));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }
}
