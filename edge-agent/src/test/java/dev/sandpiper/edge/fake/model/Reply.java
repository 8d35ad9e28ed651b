package dev.sandpiper.edge.fake.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the fake does with a question.
public sealed interface Reply {

  /// A tool it calls.
  ///
  /// @param id empty: as the API makes them
  /// @param arguments a JSON object
  record Call(String id, String tool, String arguments) {}

  /// It answers.
  ///
  /// @param thinking thoughts before the answer; they count
  /// @param cached tokens of the question that are read from the cache
  /// @param written tokens of the question that are written into it
  record Says(
      String text, List<Call> calls, String thinking, boolean refused, int cached, int written)
      implements Reply {

    /// The same after thoughts.
    public Says thinking(String thoughts) {
      return new Says(text, calls, thoughts, refused, cached, written);
    }

    /// The same with so much of the question in the cache.
    public Says cached(int read, int write) {
      return new Says(text, calls, thinking, refused, read, write);
    }

    /// The same as a refusal.
    public Says refusing() {
      return new Says(text, calls, thinking, true, cached, written);
    }
  }

  /// A text.
  static Says says(String text) {
    return new Says(text, List.of(), "", false, 0, 0);
  }

  /// A call.
  ///
  /// @param arguments a JSON object
  static Says calls(String tool, String arguments) {
    return new Says("", List.of(new Call("", tool, arguments)), "", false, 0, 0);
  }

  /// Why it does not answer, written as each API writes it.
  enum Trouble {
    BAD_KEY(401),
    NO_CREDIT(402),
    UNKNOWN_MODEL(404),
    TOO_LONG(400),
    BAD_REQUEST(400),
    RATE_LIMIT(429),
    OVERLOADED(529),
    SERVER(500);

    private final int status;

    Trouble(int status) {
      this.status = status;
    }

    /// The status that most APIs give it.
    int status() {
      return status;
    }
  }

  /// It refuses.
  ///
  /// @param headers beside the usual ones
  record Fails(Trouble trouble, String message, Map<String, String> headers) implements Reply {}

  /// It refuses and says until when.
  static Fails fails(Trouble trouble, Duration retryAfter) {
    return new Fails(
        trouble, "scripted", Map.of("retry-after", Long.toString(retryAfter.toSeconds())));
  }

  /// It refuses.
  static Fails fails(Trouble trouble) {
    return new Fails(trouble, "scripted", Map.of());
  }

  /// How an answer goes wrong on its way.
  enum Mishap {
    /// The head and signs of life, and then nothing until the client goes.
    NO_FIRST_TOKEN,
    /// Half of it, and then nothing until the client goes.
    STALL,
    /// Nothing, but the connection is reset.
    RESET_AT_ONCE,
    /// Half of it, and the connection is reset.
    RESET,
    /// Half of it, and a proper end of the body.
    CUT,
    /// Half of it and half an event, and a proper end of the body.
    HALF_JSON,
    /// A page of HTML with status 200.
    GARBAGE,
    /// Half of it, and then a failure in the API's own words.
    ERROR_INSIDE
  }

  /// It answers, and that goes wrong.
  record Spoilt(Says answer, Mishap mishap) implements Reply {}

  /// The same after a while.
  ///
  /// @param before until the head
  /// @param between between pieces
  record Slow(Reply reply, Duration before, Duration between) implements Reply {}
}
