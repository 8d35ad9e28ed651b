package dev.sandpiper.edge.people;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.util.Locale;

/// How people look in JSON, the same over HTTP and on the command line.
public final class PeopleJson {

  private PeopleJson() {}

  /// Somebody who is let in.
  public static void write(JsonGenerator json, People.Entry entry) throws IOException {
    json.writeStartObject();
    fields(json, entry.person());
    json.writeStringField("language", entry.person().language().toLanguageTag());
    json.writeArrayFieldStart("accounts");
    for (Account account : entry.accounts()) {
      json.writeStartObject();
      json.writeStringField("account", account.text());
      json.writeBooleanField("listed", entry.listed().contains(account));
      json.writeEndObject();
    }
    json.writeEndArray();
    Json.text(json, "model", entry.model());
    Json.time(json, "since", entry.since());
    json.writeEndObject();
  }

  /// The same, in short.
  public static void write(JsonGenerator json, Person person) throws IOException {
    json.writeStartObject();
    fields(json, person);
    json.writeEndObject();
  }

  /// A code.
  public static void write(JsonGenerator json, PeopleControl.Made made) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", made.code());
    json.writeStringField("role", role(made.role()));
    json.writeEndObject();
  }

  private static void fields(JsonGenerator json, Person person) throws IOException {
    json.writeNumberField("id", person.id());
    json.writeStringField("name", person.name());
    json.writeStringField("role", role(person.role()));
  }

  private static String role(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
