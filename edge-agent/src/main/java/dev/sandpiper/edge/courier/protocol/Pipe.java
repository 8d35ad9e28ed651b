package dev.sandpiper.edge.courier.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A child process that is spoken to in lines. Every line it says goes to the listener, in order,
/// on one thread; so does its end, once.
public final class Pipe {

  private static final int LAST_WORDS = 2 << 10;
  private static final long STACK = 256L << 10;

  /// How long it may leave a line untaken.
  private static final long TAKES_LINES_SECONDS = 10;

  /// Hears what it says.
  public interface Listener {

    /// A line, without its end.
    ///
    /// @throws ProtocolException when it makes no sense: the process is ended
    void heard(byte[] line);

    /// It has ended; nothing more is heard.
    ///
    /// @param how in words, for a message
    /// @param cleanly whether it ended by itself, without a complaint
    void ended(String how, boolean cleanly);
  }

  /// No line: the pipe is closed.
  private static final byte[] END = new byte[0];

  private final Process process;
  private final Listener listener;
  private final BlockingQueue<byte[]> lines;
  private final StringBuilder lastWords = new StringBuilder();
  private volatile String complaint = "";

  private Pipe(Process process, Listener listener, int mostLines) {
    this.process = process;
    this.listener = listener;
    this.lines = new LinkedBlockingQueue<>(mostLines);
  }

  /// Starts a process.
  ///
  /// @param mostLines most lines that may wait for it to take them
  public static Pipe start(ProcessBuilder builder, int mostLines, Listener listener)
      throws IOException {
    Pipe pipe = new Pipe(builder.start(), listener, mostLines);
    thread("courier-words", pipe::readErrors).start();
    thread("courier-orders", pipe::write).start();
    thread("courier", pipe::read).start();
    return pipe;
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, STACK);
    thread.setDaemon(true);
    return thread;
  }

  /// Says a line. To a process that has ended, or does not listen, it says nothing: its end is
  /// heard soon.
  public void say(byte[] line) {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        if (!lines.offer(line, TAKES_LINES_SECONDS, TimeUnit.SECONDS)) {
          end("it does not take what it is told");
        }
        break;
      } catch (InterruptedException _) {
        interrupted = true; // a line that was begun is said: the other side waits for it
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Says a last line, closes the pipe and waits for the end; kills it when that takes too long.
  public void stop(byte[] lastLine, long seconds) {
    say(lastLine);
    say(END);
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (process.isAlive()) {
      long left = deadline - System.nanoTime();
      try {
        if (left <= 0 || !process.waitFor(left, TimeUnit.NANOSECONDS)) {
          end("it did not stop within " + seconds + " s");
          break;
        }
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Kills it.
  public void end(String why) {
    complaint = why;
    process.destroyForcibly();
  }

  /// Whether it runs.
  public boolean isAlive() {
    return process.isAlive();
  }

  private void write() {
    try (OutputStream out = process.getOutputStream()) {
      while (true) {
        byte[] line = lines.poll(TAKES_LINES_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
          if (!process.isAlive()) {
            return;
          }
        } else if (line.length == 0) {
          return;
        } else {
          out.write(line);
          if (lines.isEmpty()) {
            out.flush();
          }
        }
      }
    } catch (IOException _) {
      // It closed the pipe: it is ending, which the reading side hears.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (InputStream in = process.getInputStream()) {
      Lines said = new Lines(in);
      for (byte[] line = said.next(); line != null; line = said.next()) {
        listener.heard(line);
      }
    } catch (IOException | ProtocolException e) {
      end("it said something that makes no sense: " + e.getMessage());
    } finally {
      ended();
    }
  }

  private void ended() {
    boolean interrupted = false;
    while (true) {
      try {
        if (!process.waitFor(TAKES_LINES_SECONDS, TimeUnit.SECONDS)) {
          end("it closed its output and did not end");
          continue;
        }
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    int code = process.exitValue();
    String how = complaint.isEmpty() ? "it ended with exit code " + code : complaint;
    String words = lastWords();
    listener.ended(
        words.isEmpty() ? how : how + ". Its last words: " + words,
        complaint.isEmpty() && code == 0);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void readErrors() {
    byte[] chunk = new byte[1 << 10];
    try (InputStream in = process.getErrorStream()) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        synchronized (lastWords) {
          lastWords.append(new String(chunk, 0, n, StandardCharsets.UTF_8));
          lastWords.delete(0, Math.max(0, lastWords.length() - LAST_WORDS));
        }
      }
    } catch (IOException _) {
      // The process is gone: what was read so far are its last words.
    }
  }

  private String lastWords() {
    synchronized (lastWords) {
      List<String> words = lastWords.toString().strip().lines().map(String::strip).toList();
      return String.join(" | ", words.subList(Math.max(0, words.size() - 5), words.size()));
    }
  }
}
