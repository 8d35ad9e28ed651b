package dev.sandpiper.edge.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The live line of `submit`, on standard error.
final class Progress {

  private static final int LONGEST_BAR = 24;
  private static final int TEXT = 56;

  private final Console console;
  private final int files;
  private final long start = System.nanoTime();
  private int sent;
  private int refused;

  Progress(Console console, int files) {
    this.console = console;
    this.files = files;
  }

  int refused() {
    return refused;
  }

  /// Counts a file; several senders may say so at once.
  synchronized void sent(String document, SubmitDoor.Sent result) {
    sent++;
    if (!result.accepted()) {
      refused++;
      clear();
      console
          .err()
          .println(
              console.red("refused") + "  " + Console.plain(document + ": " + result.detail()));
    }
    line("sending", sent, files, 0);
  }

  void show(SubmitDoor.Counts counts) {
    line(
        "parsing",
        counts.total() - counts.pending(),
        counts.total(),
        counts.failed() + counts.parked());
  }

  /// Ends the line and says what came of it.
  void end(SubmitDoor.Counts counts, boolean working, @Nullable Session json) {
    clear();
    if (json != null) {
      json.printJson(out -> {
        out.writeStartObject();
        out.writeNumberField("sent", sent - refused);
        out.writeNumberField("refused", refused);
        out.writeNumberField("pending", counts.pending());
        out.writeNumberField("parsed", counts.parsed());
        out.writeNumberField("failed", counts.failed());
        out.writeNumberField("parked", counts.parked());
        out.writeEndObject();
      });
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(counts.parsed()).append(" parsed");
    append(text, counts.failed(), " failed (sandpiper docs --state failed)");
    append(text, counts.parked(), " parked (sandpiper jobs --state parked)");
    append(text, refused, " refused");
    append(
        text,
        counts.pending(),
        working ? " still in work (sandpiper jobs)" : " stored; 'sandpiper run' parses them");
    console.out().println(text);
  }

  private static void append(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(what);
    }
  }

  private void line(String verb, long done, long total, long failures) {
    if (!console.terminal()) {
      return;
    }
    double seconds = Math.max(0.001, (System.nanoTime() - start) / 1e9);
    double rate = done / seconds;
    long left = rate > 0 ? Math.round((total - done) / rate) : 0;
    int bar = Math.clamp(console.width() - TEXT, 4, LONGEST_BAR);
    int filled = total == 0 ? 0 : (int) (bar * done / total);
    String text =
        "%s [%s%s] %d/%d  %.1f/s  %s left%s"
            .formatted(
                verb,
                "█".repeat(filled),
                "░".repeat(bar - filled),
                done,
                total,
                rate,
                time(left),
                failures == 0 ? "" : "  " + failures + " failed");
    console.err().print("\r\u001b[K" + DisplayWidth.cut(text, console.width() - 1));
    console.err().flush();
  }

  /// Takes the line away.
  void clear() {
    if (console.terminal()) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }

  private static String time(long seconds) {
    long minutes = TimeUnit.SECONDS.toMinutes(seconds);
    return minutes > 0
        ? String.format(Locale.ROOT, "%d:%02d min", minutes, seconds % 60)
        : seconds + " s";
  }
}
