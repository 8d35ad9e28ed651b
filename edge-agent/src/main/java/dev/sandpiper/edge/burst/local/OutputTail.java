package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Drains a worker's output and keeps its end: enough to say why it died, whatever it prints.
final class OutputTail implements Runnable {

  private static final int KEPT = 4 << 10;
  private static final int SHOWN = 600;

  private final InputStream output;
  private final byte[] ring = new byte[KEPT];
  private long written;

  OutputTail(InputStream output) {
    this.output = output;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[1 << 10];
    try (output) {
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        append(buffer, n);
      }
    } catch (IOException _) {
      // The process is gone and took its pipe along: what was read so far is its last word.
    }
  }

  private synchronized void append(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) (written++ % KEPT)] = bytes[i];
    }
  }

  /// Whether the kept end contains `text`.
  boolean contains(String text) {
    return text().contains(text);
  }

  /// The last lines, as one for a message; empty when nothing was printed.
  String lastLines() {
    String text = text().strip();
    String shown = text.length() > SHOWN ? "…" + text.substring(text.length() - SHOWN) : text;
    return shown.replace("\r", "").replace("\n", " | ");
  }

  private synchronized String text() {
    int length = (int) Math.min(written, KEPT);
    byte[] end = new byte[length];
    for (int i = 0; i < length; i++) {
      end[i] = ring[(int) ((written - length + i) % KEPT)];
    }
    return new String(end, StandardCharsets.UTF_8);
  }
}
