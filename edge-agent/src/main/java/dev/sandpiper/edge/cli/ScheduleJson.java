package dev.sandpiper.edge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.schedule.Firing;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.util.Locale;

/// How a schedule looks in JSON.
final class ScheduleJson {

  private ScheduleJson() {}

  static void write(JsonGenerator out, ScheduleDoor.Known known) throws IOException {
    Schedule schedule = known.schedule();
    out.writeStartObject();
    out.writeStringField("name", schedule.name());
    out.writeStringField("when", schedule.plan().timing().rhythm().text());
    out.writeStringField("zone", schedule.plan().timing().zone().getId());
    out.writeStringField("kind", schedule.plan().kind().name().toLowerCase(Locale.ROOT));
    out.writeStringField("text", schedule.plan().text());
    out.writeStringField("to", schedule.owner().address().text());
    out.writeStringField("madeBy", schedule.plan().madeBy());
    out.writeBooleanField("paused", schedule.standing().paused());
    Json.time(out, "next", schedule.standing().paused() ? null : schedule.next());
    out.writeArrayFieldStart("firings");
    for (Firing firing : known.firings()) {
      out.writeStartObject();
      Json.time(out, "planned", firing.slot().at());
      out.writeStringField("outcome", firing.outcome().name().toLowerCase(Locale.ROOT));
      out.writeNumberField("times", firing.times());
      Json.text(out, "reason", firing.reason());
      Json.time(out, "decided", firing.decided());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
