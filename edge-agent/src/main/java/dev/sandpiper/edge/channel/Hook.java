package dev.sandpiper.edge.channel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A door of a channel in the agent's HTTP server: `POST /hooks/<name>`. It is open to everybody;
/// the hook itself tells who may come in.
public interface Hook {

  /// Longest body, in bytes.
  int MAX_BODY = 1 << 20;

  /// The last part of its path.
  String name();

  /// Takes a request.
  ///
  /// @param headers names in lower case
  Answer receive(Map<String, String> headers, InputStream body) throws IOException;

  /// What it answers.
  ///
  /// @param json body; `null` when none
  record Answer(int status, @Nullable String json) {}
}
