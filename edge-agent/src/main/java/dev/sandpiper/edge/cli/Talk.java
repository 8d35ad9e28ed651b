package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.channel.text.TerminalText;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A conversation on the terminal: says what is typed, prints what comes.
final class Talk implements AutoCloseable {

  private static final int ATTEMPTS = 4;

  /// The agent says something at least every minute.
  private static final int SILENCE_MILLIS = 150_000;

  /// An answer of several messages has no longer pauses than this.
  private static final long PAUSE_MILLIS = 600;

  private static final long LONGEST_ANSWER_MINUTES = 30;

  private final AgentClient agent;
  private final Console console;
  private final boolean interactive;
  private final InputStream events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SecureRandom random = new SecureRandom();
  private String soFar = "";

  /// What of it is on the screen, as it looks there.
  private String shown = "";

  private boolean typing;
  private boolean closed;
  private boolean broken;
  private long lastSaid;
  private long answers;

  private Talk(AgentClient agent, Console console, boolean interactive, InputStream events) {
    this.agent = agent;
    this.console = console;
    this.interactive = interactive;
    this.events = events;
  }

  /// Listens from now on, so that no answer is missed.
  static Talk open(AgentClient agent, Console console, boolean interactive) {
    agent.ask("/v1/chat/me").orThrow();
    try {
      InputStream events = agent.listen("/v1/chat/events", SILENCE_MILLIS);
      Talk talk = new Talk(agent, console, interactive, events);
      Thread.ofVirtual().name("talk").start(talk::listen);
      return talk;
    } catch (IOException e) {
      throw new CliException(
          CliException.NO_AGENT, "the conversation cannot be followed: " + e.getMessage());
    }
  }

  /// Says something; its key makes sure that it counts once, however often it is sent.
  void say(String text, List<String> files) throws InterruptedException {
    byte[] key = new byte[16];
    random.nextBytes(key);
    String body =
        Json.line(json -> {
          json.writeStartObject();
          json.writeStringField("key", HexFormat.of().formatHex(key));
          json.writeStringField("text", text);
          json.writeArrayFieldStart("files");
          for (String file : files) {
            json.writeString(file);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
    lock.lock();
    try {
      answers = 0;
    } finally {
      lock.unlock();
    }
    for (int attempt = 1; ; attempt++) {
      AgentClient.Told told;
      try {
        told = agent.tell("/v1/chat/messages", body);
      } catch (CliException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(attempt);
        continue;
      }
      if (told.status() < 500 || attempt == ATTEMPTS) {
        lastSaid = told.orThrow().number(0, "id");
        return;
      }
      TimeUnit.SECONDS.sleep(attempt);
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
      String type = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          take(type, JsonValue.read(line.substring(6)));
        }
      }
    } catch (IOException _) {
      // closed here, or by the agent; whoever waits is told
    }
    lock.lock();
    try {
      broken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void take(String type, JsonValue data) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      switch (type) {
        case "typing" -> typing = true;
        case "quiet" -> typing = false;
        case "live" -> live(data);
        case "message" -> message(data);
        default -> {}
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void live(JsonValue data) {
    int from = (int) data.number(0, "from");
    String text = data.text("text", "");
    if (!interactive || from > soFar.length()) {
      return;
    }
    soFar = soFar.substring(0, from) + text;
    String now = rendered(TerminalText.settled(soFar));
    if (now.startsWith(shown)) {
      console.out().print(now.substring(shown.length()));
      console.out().flush();
      shown = now;
    }
  }

  private void message(JsonValue data) {
    if (!data.text("from", "").equals("agent")) {
      return;
    }
    String whole = rendered(data.text("text", ""));
    if (!shown.isEmpty() && whole.startsWith(shown)) {
      console.out().println(whole.substring(shown.length()));
      attachments(data);
    } else {
      if (!shown.isEmpty()) {
        console.out().println();
      }
      print(data);
    }
    soFar = "";
    shown = "";
    answers++;
  }

  private String rendered(String markdown) {
    return TerminalText.of(Console.plain(markdown), console.colour());
  }

  /// Prints a message of either side.
  void print(JsonValue data) {
    boolean mine = data.text("from", "").equals("me");
    String text = data.text("text", "");
    console
        .out()
        .println(
            mine
                ? console.faint("> " + Console.plain(text).replace("\n", "\n> "))
                : rendered(text));
    attachments(data);
  }

  private void attachments(JsonValue data) {
    for (JsonValue file : data.at("files").items()) {
      console.out().println(console.faint("[" + Console.plain(file.text("name", "")) + "]"));
    }
    for (JsonValue button : data.at("buttons").items()) {
      console
          .out()
          .println(console.faint("(" + Console.plain(button.text("label", "")) + ": on the page)"));
    }
    console.out().flush();
  }

  void prompt() {
    console.out().print(console.bold("› "));
    console.out().flush();
  }

  boolean isAnswering() {
    lock.lock();
    try {
      return typing;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the answer is there, whole.
  ///
  /// @throws CliException when it does not come
  void awaitAnswer() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_ANSWER_MINUTES);
    lock.lock();
    try {
      while (true) {
        if (answers > 0 && !typing) {
          long before = answers;
          boolean more = changed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
          if (!more && before == answers && !typing) {
            return;
          }
          continue;
        }
        if (broken || System.nanoTime() > end) {
          throw new CliException(
              CliException.SOME_FAILED,
              "the answer to message %d has not come; it will be on the page".formatted(lastSaid));
        }
        boolean _ = changed.await(1, TimeUnit.SECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the answer, unless the person types on.
  void awaitIdle(TerminalLines lines) throws IOException, InterruptedException {
    lock.lock();
    try {
      long quietSince = System.nanoTime();
      while (!closed && !broken && !lines.hasMore()) {
        if (typing || answers == 0) {
          quietSince = System.nanoTime();
        } else if (System.nanoTime() - quietSince > TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS)) {
          return;
        }
        boolean _ = changed.await(50, TimeUnit.MILLISECONDS);
      }
      if (broken) {
        throw new CliException(
            CliException.NO_AGENT,
            "the agent has gone away; what was said is kept. Start it again: sandpiper run");
      }
    } finally {
      lock.unlock();
    }
  }

  /// What is listened to ends with the process or the agent: closing it would wait for its next
  /// word.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
