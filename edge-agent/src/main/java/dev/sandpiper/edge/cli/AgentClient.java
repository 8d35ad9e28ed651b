package dev.sandpiper.edge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.edge.config.HttpConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Speaks to the running agent.
final class AgentClient {

  private static final int PATIENCE_MILLIS = 60_000;

  private final String base;
  private final Secret token;

  AgentClient(HttpConfig config, int port, Secret token) {
    boolean anyAddress = config.bind().equals("0.0.0.0") || config.bind().equals("::");
    String host = anyAddress ? "127.0.0.1" : config.bind();
    this.base = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    this.token = token;
  }

  /// An answer: its status and the top-level fields of its JSON object, as text.
  record Answer(int status, Map<String, String> fields) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }

    /// The answer, when it is a success.
    ///
    /// @throws CliException with what the agent said, when it is none
    Answer orThrow() {
      if (status < 300) {
        return this;
      }
      throw new CliException(
          status == 404 ? CliException.NOT_FOUND : CliException.SOME_FAILED, field("detail"));
    }
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  Answer post(String path) {
    return call("POST", path, null);
  }

  Answer delete(String path) {
    return call("DELETE", path, null);
  }

  /// Sends a file without holding it in memory.
  Answer upload(Path file, String name, long batch, Set<String> tags) {
    StringBuilder path = new StringBuilder("/v1/documents?priority=bulk&batch=" + batch);
    path.append("&name=").append(encode(name));
    tags.forEach(tag -> path.append("&tag=").append(encode(tag)));
    return call("POST", path.toString(), file);
  }

  /// An answer with everything in it.
  record Told(int status, JsonValue json) {
    /// The JSON, when it is a success.
    ///
    /// @throws CliException with what the agent said, when it is none
    JsonValue orThrow() {
      if (status < 300) {
        return json;
      }
      throw new CliException(
          status == 404 ? CliException.NOT_FOUND : CliException.SOME_FAILED,
          json.text("detail", "the agent answered with HTTP " + status));
    }
  }

  Told ask(String path) {
    return told(path, null, "GET");
  }

  Told tell(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return told(
        path,
        connection -> {
          connection.setRequestProperty("Content-Type", "application/json");
          connection.setFixedLengthStreamingMode(body.length);
          try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
          }
        },
        "POST");
  }

  /// Sends a file that a message will name.
  Told attach(Path file) {
    String name = String.valueOf(file.getFileName());
    return told(
        "/v1/chat/files?name=" + encode(name), connection -> send(connection, file), "POST");
  }

  /// Listens to events; the caller closes the stream.
  ///
  /// @param silence longest time without a word, in milliseconds
  InputStream listen(String path, int silence) throws IOException {
    HttpURLConnection connection = open("GET", path);
    connection.setReadTimeout(silence);
    if (connection.getResponseCode() != 200) {
      throw new IOException("the agent answered with HTTP " + connection.getResponseCode());
    }
    return connection.getInputStream();
  }

  private Told told(String path, @Nullable Body body, String method) {
    try {
      HttpURLConnection connection = open(method, path);
      if (body != null) {
        connection.setDoOutput(true);
        body.send(connection);
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
        return new Told(status, in == null ? new JsonValue.Nothing() : JsonValue.read(in));
      }
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  private interface Body {
    void send(HttpURLConnection connection) throws IOException;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer call(String method, String path, @Nullable Path file) {
    try {
      HttpURLConnection connection = open(method, path);
      if (file != null) {
        send(connection, file);
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
        return new Answer(status, in == null ? Map.of() : fields(in));
      }
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  private HttpURLConnection open(String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(5_000);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setRequestProperty("Authorization", "Bearer " + token.reveal());
    return connection;
  }

  private CliException noAnswer(IOException e) {
    return new CliException(
        CliException.NO_AGENT,
        "the agent does not answer at %s (%s); 'sandpiper doctor' looks closer"
            .formatted(base, e.getMessage()));
  }

  private static void send(HttpURLConnection connection, Path file) throws IOException {
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/octet-stream");
    connection.setFixedLengthStreamingMode(Files.size(file));
    try (OutputStream out = connection.getOutputStream()) {
      Files.copy(file, out);
    }
  }

  private static Map<String, String> fields(InputStream in) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return fields;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isScalarValue()) {
          fields.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
    }
    return fields;
  }
}
