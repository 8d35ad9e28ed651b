package dev.sandpiper.edge.llm.wire;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Server-sent events of a body. Comments, which providers send to keep a connection alive, are
/// passed over.
public final class EventReader {

  /// One event.
  ///
  /// @param name `message` unless it says otherwise
  public record Event(String name, String data) {}

  private final LineReader lines;
  private boolean first = true;

  public EventReader(InputStream in) {
    lines = new LineReader(in);
  }

  /// The next event that has data, or `null` at the end. A last event needs no empty line after it.
  public @Nullable Event next() throws IOException {
    String name = "message";
    StringBuilder data = new StringBuilder();
    boolean any = false;
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        if (any) {
          return new Event(name, data.toString());
        }
        name = "message";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (field.equals("event")) {
        name = value;
      } else if (field.equals("data")) {
        if (data.length() + value.length() > LineReader.LONGEST) {
          throw new BrokenAnswerException(
              "has an event of more than " + LineReader.LONGEST + " characters");
        }
        data.append(any ? "\n" : "").append(value);
        any = true;
      }
    }
    return any ? new Event(name, data.toString()) : null;
  }

  private @Nullable String line() throws IOException {
    String line = lines.next();
    if (first && line != null) {
      first = false;
      return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }
    return line;
  }
}
