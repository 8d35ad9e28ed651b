package dev.sandpiper.edge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// `agent.json` in the agent's home: how a command finds the running agent.
///
/// @param pid the agent's process
/// @param port its HTTP port
public record AgentFile(long pid, int port) {

  private static final String NAME = "agent.json";

  /// Written by the agent when it listens.
  public void write(Path home) throws IOException {
    Path draft = home.resolve(NAME + ".part");
    Files.write(
        draft,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeNumberField("pid", pid);
          json.writeNumberField("port", port);
          json.writeEndObject();
        }));
    Files.move(draft, home.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Removed by the agent when it stops.
  public static void remove(Path home) throws IOException {
    Files.deleteIfExists(home.resolve(NAME));
  }

  /// The running agent; empty when the file is missing or left by a process that is gone.
  public static Optional<AgentFile> find(Path home) {
    long pid = 0;
    int port = 0;
    try (JsonParser json = new JsonFactory().createParser(home.resolve(NAME).toFile())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
          if ("pid".equals(json.currentName())) {
            pid = json.getLongValue();
          } else if ("port".equals(json.currentName())) {
            port = json.getIntValue();
          }
        }
      }
    } catch (IOException _) {
      return Optional.empty();
    }
    boolean alive = pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    return alive && port > 0 ? Optional.of(new AgentFile(pid, port)) : Optional.empty();
  }
}
