package dev.sandpiper.edge.llm.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lines of a streamed body, as they come; each, and all of them together, of a bounded length.
public final class LineReader {

  /// Longest line, in bytes.
  public static final int LONGEST = 4 << 20;

  /// Most bytes of one body: some hundred times the longest answer.
  static final long MOST = 256L << 20;

  private static final int BUFFER = 8 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private int at;
  private int end;
  private long all;
  private boolean afterReturn;

  public LineReader(InputStream in) {
    this.in = in;
  }

  /// The next line without its end (LF, CR or both), or `null` at the end of the body. A last line
  /// needs no end.
  public @Nullable String next() throws IOException {
    line.reset();
    for (int read = read(); read >= 0; read = read()) {
      if (read == '\n' && afterReturn) {
        afterReturn = false;
      } else if (read == '\n' || read == '\r') {
        afterReturn = read == '\r';
        return line.toString(StandardCharsets.UTF_8);
      } else {
        afterReturn = false;
        if (line.size() == LONGEST) {
          throw new BrokenAnswerException("has a line of more than " + LONGEST + " bytes");
        }
        line.write(read);
      }
    }
    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
  }

  private int read() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer));
      all += end;
      if (all > MOST) {
        throw new BrokenAnswerException("does not end after " + MOST + " bytes");
      }
      if (end == 0) {
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }
}
