package dev.sandpiper.edge.http;

import dev.sandpiper.edge.event.EventSource;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a handler answers.
sealed interface Response {

  /// A small answer, whole in memory.
  // The array is not copied: it was made for this answer.
  @SuppressWarnings("ArrayRecordComponent")
  record Whole(int status, String contentType, Map<String, String> headers, byte[] body)
      implements Response {
    public Whole {
      headers = Map.copyOf(headers);
    }
  }

  /// An answer of any length, written while it is sent.
  ///
  /// @param length bytes; -1: not known
  record Streamed(String contentType, Map<String, String> headers, long length, Body body)
      implements Response {
    public Streamed {
      headers = Map.copyOf(headers);
    }
  }

  /// Server-sent events from now on, or from `lastId`.
  ///
  /// @param source where they come from; `null`: everything that happens in the agent
  record Events(@Nullable EventSource source, @Nullable String lastId) implements Response {
    Events(@Nullable String lastId) {
      this(null, lastId);
    }
  }

  /// Writes a body.
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Response json(int status, byte[] body) {
    return new Whole(status, "application/json", Map.of(), body);
  }

  static Response ok(Json.Writer writer) {
    return json(200, Json.bytes(writer));
  }

  static Response empty() {
    return new Whole(204, "", Map.of(), new byte[0]);
  }
}
