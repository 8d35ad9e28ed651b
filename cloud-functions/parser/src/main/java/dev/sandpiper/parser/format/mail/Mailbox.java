package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Messages one after another, each begun by a line that starts with `From ` after an empty line.
///
/// Use: [#message] to read the current message, [#next] to go to the one after it.
final class Mailbox {

  private static final byte[] SEPARATOR = "From ".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private boolean more;

  /// Starts in the first message.
  Mailbox(InputStream in) throws IOException {
    this.in = in;
    skipLine();
  }

  static boolean starts(ByteSource source) throws IOException {
    return new String(source.head(SEPARATOR.length), StandardCharsets.US_ASCII).equals("From ");
  }

  /// Goes to the next message, past what is left of the current one.
  boolean next() throws IOException {
    try (InputStream rest = message()) {
      rest.transferTo(java.io.OutputStream.nullOutputStream());
    }
    if (more) {
      more = false;
      skipLine();
      return true;
    }
    return false;
  }

  /// The current message, up to the next separator.
  InputStream message() {
    return new Message();
  }

  private void skipLine() throws IOException {
    int c = in.read();
    while (c >= 0 && c != '\n') {
      c = in.read();
    }
  }

  private boolean atSeparator() throws IOException {
    in.mark(SEPARATOR.length);
    byte[] start = in.readNBytes(SEPARATOR.length);
    in.reset();
    return java.util.Arrays.equals(start, SEPARATOR);
  }

  private final class Message extends InputStream {
    private int newLines;

    @Override
    public int read() throws IOException {
      if (more || (newLines >= 2 && atSeparator())) {
        more = true;
        return -1;
      }
      int c = in.read();
      newLines = c == '\n' ? newLines + 1 : c == '\r' ? newLines : 0;
      return c;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = 0;
      while (count < length) {
        int c = read();
        if (c < 0) {
          return count == 0 ? -1 : count;
        }
        buffer[offset + count++] = (byte) c;
      }
      return count;
    }
  }
}
