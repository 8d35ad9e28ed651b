package dev.sandpiper.parser.format.text;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Lines of bounded length: what is longer comes in several pieces, so that a file without line
/// breaks does not have to fit in memory.
final class LineReader {

  private static final int LONGEST = 1 << 16;

  private final Reader in;
  private int number;
  private int pushed = -1;
  private boolean continued;

  LineReader(Reader in) {
    this.in = in;
  }

  /// The next line without its end; `null` at the end of the text.
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = read();
    if (c < 0) {
      return null;
    }
    number += continued ? 0 : 1;
    continued = false;
    while (c >= 0 && c != '\n' && c != '\r') {
      line.append((char) c);
      if (line.length() >= LONGEST && !Character.isHighSurrogate((char) c)) {
        continued = true;
        return line.toString();
      }
      c = read();
    }
    if (c == '\r') {
      int after = read();
      pushed = after == '\n' ? -1 : after;
    }
    return line.toString();
  }

  /// Number of the line that came last, from 1.
  int number() {
    return number;
  }

  private int read() throws IOException {
    if (pushed >= 0) {
      int c = pushed;
      pushed = -1;
      return c;
    }
    return in.read();
  }
}
