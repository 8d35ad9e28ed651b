package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.discord.Gateway.End;
import dev.sandpiper.edge.channel.discord.Words.Heard;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.WebSocketCall;
import dev.sandpiper.edge.net.WebSocketLink;
import dev.sandpiper.edge.net.WebSocketLink.Received;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One connection to the gateway, from its hello to its end: heartbeats, and what is told.
final class Connection implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final int LONGEST_MESSAGE = 1 << 20;
  private static final long SHORTEST_BEAT = 100;
  private static final long LONGEST_BEAT = 300_000;
  private static final Duration INVALID_PAUSE = Duration.ofSeconds(1);

  private final HttpCaller caller;
  private final DiscordOptions options;
  private final Parts parts;
  private final RandomGenerator random;
  private volatile @Nullable WebSocketLink link;
  private volatile boolean brokenOff;
  private boolean lived;
  private boolean acknowledged = true;
  private @Nullable Long heard;
  private long beat;
  private long nextBeat;

  /// What it works with.
  ///
  /// @param ready runs when the session has begun or goes on
  record Parts(Memory memory, Arrivals arrivals, Runnable ready) {}

  Connection(HttpCaller caller, DiscordOptions options, Parts parts, RandomGenerator random) {
    this.caller = caller;
    this.options = options;
    this.parts = parts;
    this.random = random;
  }

  /// @param session to resume; `null` for a new one
  End run(String url, Memory.@Nullable Session session)
      throws HttpCallException, InterruptedException {
    parts.arrivals().begin(this::breakOff);
    WebSocketLink opened =
        caller.connect(
            new WebSocketCall(
                URI.create(url.replaceFirst("/?$", "/?v=10&encoding=json")),
                Map.of("User-Agent", Rest.USER_AGENT),
                CONNECT,
                LONGEST_MESSAGE));
    link = opened;
    if (brokenOff) {
      return again("its events cannot be taken yet", true);
    }
    End refused = hello(opened);
    if (refused != null) {
      return refused;
    }
    if (session == null) {
      opened.send(Words.identify(options.token().reveal()));
    } else {
      heard = session.seq();
      parts.arrivals().catchUp(); // if anything is still missing it comes before what is told now
      opened.send(Words.resume(options.token().reveal(), session));
    }
    return listen(opened);
  }

  private @Nullable End hello(WebSocketLink opened) throws InterruptedException {
    return switch (opened.receive(CONNECT)) {
      case Received.Text(String text) -> {
        Heard hello = read(text);
        if (hello == null || hello.op() != Words.HELLO) {
          yield again("the gateway did not say hello", true);
        }
        long interval = hello.data().number(LONGEST_BEAT, "heartbeat_interval");
        beat = Duration.ofMillis(Math.clamp(interval, SHORTEST_BEAT, LONGEST_BEAT)).toNanos();
        nextBeat = System.nanoTime() + (long) (beat * random.nextDouble());
        yield null;
      }
      case Received.Closed closed -> end(closed);
      case Received.Silence _ -> again("the gateway did not say hello", true);
    };
  }

  private End listen(WebSocketLink opened) throws InterruptedException {
    while (true) {
      long left = nextBeat - System.nanoTime();
      if (left <= 0) {
        if (!acknowledged) {
          return again("the gateway does not answer heartbeats", true);
        }
        acknowledged = false;
        opened.send(Words.heartbeat(heard));
        nextBeat = System.nanoTime() + beat;
        continue;
      }
      switch (opened.receive(Duration.ofNanos(left))) {
        case Received.Silence _ -> {
          // a heartbeat is due
        }
        case Received.Closed closed -> {
          return end(closed);
        }
        case Received.Text(String text) -> {
          End end = hear(opened, text);
          if (end != null) {
            return end;
          }
        }
      }
    }
  }

  private @Nullable End hear(WebSocketLink opened, String text) {
    Heard words = read(text);
    if (words == null) {
      return again("the gateway sent what is not JSON", true);
    }
    return switch (words.op()) {
      case Words.DISPATCH -> dispatch(words);
      case Words.HEARTBEAT -> {
        opened.send(Words.heartbeat(heard));
        yield null;
      }
      case Words.RECONNECT -> again("the gateway asked for another connection", true);
      case Words.INVALID_SESSION -> {
        boolean resumable = words.data() instanceof JsonValue.Flag(boolean may) && may;
        // Discord wants one to five seconds before the next try.
        Duration wait = INVALID_PAUSE.plusMillis(random.nextInt(4_000));
        yield new End.Again("the gateway ended the session", resumable, came(), wait);
      }
      case Words.HEARTBEAT_ACK -> {
        acknowledged = true;
        yield null;
      }
      default -> null;
    };
  }

  private @Nullable End dispatch(Heard words) {
    if (words.seq() > 0) {
      heard = words.seq();
    }
    switch (words.type()) {
      case "READY" -> {
        JsonValue ready = words.data();
        String id = ready.text("session_id", "");
        String url = ready.text("resume_gateway_url", "");
        String self = ready.findText("user", "id").orElse("");
        String application = ready.findText("application", "id").orElse(self);
        if (id.isEmpty()
            || !GatewayDoor.isAddress(url, options.isPlain())
            || !Translator.isId(self)
            || !Translator.isId(application)) {
          return again("the gateway began a session without saying which", false);
        }
        parts.memory().begin(new Memory.Session(id, words.seq(), url), self, application);
        parts.arrivals().catchUp();
        begun();
      }
      case "RESUMED" -> {
        parts.arrivals().told(words.type(), words.data(), words.seq());
        begun();
      }
      default -> parts.arrivals().told(words.type(), words.data(), words.seq());
    }
    return null;
  }

  private void begun() {
    lived = true;
    parts.ready().run();
  }

  private static @Nullable Heard read(String text) {
    try {
      return Heard.of(JsonValue.read(text));
    } catch (IOException _) {
      return null;
    }
  }

  private End end(Received.Closed closed) {
    if (brokenOff) {
      return again("its events cannot be taken yet", true);
    }
    String fatal = CloseCode.fatal(closed.code());
    if (fatal != null) {
      return new End.Never(fatal);
    }
    String reason = closed.reason().isEmpty() ? "no reason given" : closed.reason();
    return again(
        "the gateway closed the connection (%d, %s)"
            .formatted(closed.code(), reason.length() > 200 ? reason.substring(0, 200) : reason),
        !CloseCode.endsSession(closed.code()));
  }

  private End again(String why, boolean resume) {
    return new End.Again(why, resume, came(), Duration.ZERO);
  }

  private Gateway.Came came() {
    return brokenOff ? Gateway.Came.NOWHERE : lived ? Gateway.Came.IN : Gateway.Came.TO_THE_DOOR;
  }

  /// Ends it because its events cannot be taken; they are told again when it is resumed.
  private void breakOff() {
    brokenOff = true;
    close();
  }

  @Override
  public void close() {
    WebSocketLink open = link;
    if (open != null) {
      open.close(CloseCode.WE_COME_BACK, "");
    }
  }
}
