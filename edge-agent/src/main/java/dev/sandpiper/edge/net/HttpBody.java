package dev.sandpiper.edge.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// What a request carries.
public sealed interface HttpBody {

  /// Nothing.
  record Nothing() implements HttpBody {}

  /// A few bytes.
  // The array is not copied: it was made for this call.
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(String contentType, byte[] bytes) implements HttpBody {}

  /// A body that is written while it is sent.
  ///
  /// @param length bytes; the writer must write as many
  record Streamed(String contentType, long length, Writer writer) implements HttpBody {}

  /// Writes a body, on the caller's thread.
  interface Writer {
    /// Writes all of it.
    void writeTo(OutputStream out) throws IOException;
  }

  /// A JSON text.
  static HttpBody json(String text) {
    return new Bytes("application/json", text.getBytes(StandardCharsets.UTF_8));
  }
}
