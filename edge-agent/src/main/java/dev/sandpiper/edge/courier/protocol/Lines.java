package dev.sandpiper.edge.courier.protocol;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Lines of a stream, each of a bounded length.
public final class Lines {

  /// Longest line, in bytes, without its end.
  public static final int MAX_BYTES = 1 << 20;

  private static final int BUFFER = 16 << 10;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);

  public Lines(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /// The next line that is not empty, or `null` at the end. A line without an end was cut off with
  /// its writer, and is none.
  ///
  /// @throws ProtocolException when it is too long
  public byte @Nullable [] next() throws IOException {
    line.reset();
    for (int read = in.read(); read >= 0; read = in.read()) {
      if (read != '\n') {
        if (line.size() == MAX_BYTES) {
          throw new ProtocolException("a line is longer than " + MAX_BYTES + " bytes");
        }
        line.write(read);
      } else if (line.size() > 0) {
        return line.toByteArray();
      }
    }
    return null;
  }
}
