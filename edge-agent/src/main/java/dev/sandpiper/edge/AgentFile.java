package dev.sandpiper.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// `agent.json` in the agent's home: where a running agent is found.
///
/// @param pid its process
/// @param host address its HTTP server listens on
/// @param port port of its HTTP server
public record AgentFile(long pid, String host, int port) {

  private static final JsonFactory JSON = new JsonFactory();

  /// The agent that runs in `home`; empty when none does. A file left by a killed agent does not
  /// count.
  public static Optional<AgentFile> find(Path home) {
    try (JsonParser json = JSON.createParser(path(home).toFile())) {
      long pid = 0;
      String host = "";
      int port = 0;
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "pid" -> pid = json.getLongValue();
          case "host" -> host = json.getText();
          case "port" -> port = json.getIntValue();
          default -> json.skipChildren();
        }
      }
      boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
      return alive ? Optional.of(new AgentFile(pid, host, port)) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  void write(Path home) throws IOException {
    Path file = path(home);
    Path temporary = home.resolve("agent.json.new");
    try (JsonGenerator json =
        JSON.createGenerator(temporary.toFile(), com.fasterxml.jackson.core.JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeNumberField("pid", pid);
      json.writeStringField("host", host);
      json.writeNumberField("port", port);
      json.writeEndObject();
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static void delete(Path home) throws IOException {
    Files.deleteIfExists(path(home));
  }

  private static Path path(Path home) {
    return home.resolve("agent.json");
  }
}
