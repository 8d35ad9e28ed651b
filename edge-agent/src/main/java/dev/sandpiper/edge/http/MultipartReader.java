package dev.sandpiper.edge.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a multipart form (RFC 7578) part by part while it arrives; 16 KB are in memory.
final class MultipartReader {

  private static final int WINDOW = 16_384;
  private static final int LONGEST_BOUNDARY = 70;
  private static final int LONGEST_HEADER = 4_096;
  private static final int MOST_PARTS = 1_000;

  /// One part; its body must be read, or [#next] skips it.
  record Part(@Nullable String fileName, @Nullable String contentType, InputStream body) {}

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] window = new byte[WINDOW];
  private int from;
  private int to;
  private boolean sourceEnded;
  private boolean finished;
  private int count;
  private @Nullable PartBody open;

  private MultipartReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first delimiter has no line break before it; with one in the window it looks like others.
    window[0] = '\r';
    window[1] = '\n';
    this.to = 2;
    this.open = new PartBody();
  }

  /// @throws Problem.Thrown when the content type has no usable boundary
  static MultipartReader open(InputStream in, String contentType) {
    String boundary = ContentDisposition.parameter(contentType, "boundary");
    if (boundary == null
        || boundary.isEmpty()
        || boundary.length() > LONGEST_BOUNDARY
        || boundary.chars().anyMatch(c -> c <= ' ' || c > 0x7e)) {
      throw Problem.badRequest("multipart/form-data needs a boundary of 1 to 70 characters.")
          .thrown();
    }
    return new MultipartReader(in, boundary);
  }

  /// The next part; `null` after the last.
  ///
  /// @throws Problem.Thrown when the form is malformed
  /// @throws IOException when the body breaks off
  @Nullable Part next() throws IOException {
    if (open != null) {
      open.skipRest();
      open = null;
    }
    if (finished) {
      return null;
    }
    String line = line();
    if (line.startsWith("--")) {
      finished = true;
      drain();
      return null;
    }
    if (!line.isBlank() || ++count > MOST_PARTS) {
      throw malformed();
    }
    String disposition = null;
    String type = null;
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      length += header.length();
      int colon = header.indexOf(':');
      if (length > LONGEST_HEADER || colon < 1) {
        throw malformed();
      }
      String name = header.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = header.substring(colon + 1).strip();
      if (name.equals("content-disposition")) {
        disposition = value;
      } else if (name.equals("content-type")) {
        type = value;
      }
    }
    PartBody body = new PartBody();
    open = body;
    return new Part(ContentDisposition.name(disposition), type, body);
  }

  private void drain() throws IOException {
    byte[] rest = new byte[1_024];
    while (!sourceEnded) {
      sourceEnded = in.read(rest) < 0;
    }
  }

  private static Problem.Thrown malformed() {
    return Problem.badRequest(
            "The multipart form is malformed. Send each file as a part with a filename and an empty line"
                + " before its content, as curl -F does.")
        .thrown();
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(window, from, window, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == window.length || sourceEnded) {
      return false;
    }
    int read = in.read(window, to, window.length - to);
    if (read < 0) {
      sourceEnded = true;
      return false;
    }
    to += read;
    return true;
  }

  /// Reads to the next CR LF.
  private String line() throws IOException {
    int at = from;
    while (true) {
      for (; at + 1 < to; at++) {
        if (window[at] == '\r' && window[at + 1] == '\n') {
          String line = new String(window, from, at - from, StandardCharsets.ISO_8859_1);
          from = at + 2;
          return line;
        }
      }
      int offset = at - from;
      if (to - from > LONGEST_HEADER || !fill()) {
        if (sourceEnded && to - from >= 2 && window[from] == '-' && window[from + 1] == '-') {
          // The last delimiter may end the body without a line break.
          from = to;
          return "--";
        }
        throw malformed();
      }
      at = from + offset;
    }
  }

  /// Where the delimiter begins, or how far there is certainly none. It begins with the only CR it
  /// holds, so looking for it is linear.
  private int delimiterAt(int start) {
    for (int i = start; i < to; i++) {
      if (window[i] != '\r') {
        continue;
      }
      int j = 1;
      while (j < delimiter.length && i + j < to && window[i + j] == delimiter[j]) {
        j++;
      }
      if (j == delimiter.length || i + j == to) {
        return i;
      }
    }
    return to;
  }

  private final class PartBody extends InputStream {
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (!ended) {
        int at = delimiterAt(from);
        int available = at - from;
        if (available > 0) {
          int size = Math.min(length, available);
          System.arraycopy(window, from, target, offset, size);
          from += size;
          return size;
        }
        if (to - from >= delimiter.length) {
          from += delimiter.length;
          ended = true;
        } else if (!fill()) {
          throw malformed();
        }
      }
      return -1;
    }

    void skipRest() throws IOException {
      byte[] rest = new byte[4_096];
      while (read(rest, 0, rest.length) >= 0) {
        // skipped
      }
    }
  }
}
