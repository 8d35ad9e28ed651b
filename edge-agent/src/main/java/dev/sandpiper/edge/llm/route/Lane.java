package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.circuit.Circuit;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/// The way to one model: its circuit, the keys and the pace of its provider. Safe for use by
/// several threads.
final class Lane {

  /// When to look again at a model that somebody else tries just now.
  private static final Duration TRIAL = Duration.ofSeconds(1);

  private final ModelConfig model;
  private final ProviderConfig provider;
  private final ModelMemory memory;
  private final KeyRing keys;
  private final Pace pace;
  private final RouterWorld around;
  private final Circuit circuit;

  /// What the models of one provider share.
  record Shared(ProviderConfig provider, KeyRing keys, Pace pace) {}

  /// One call with one key.
  @FunctionalInterface
  interface Turn<T> {
    T with(KeyRing.Key key) throws ModelException, InterruptedException;
  }

  Lane(ModelConfig model, Shared shared, ModelMemory memory, RouterWorld around) {
    this.model = model;
    this.provider = shared.provider();
    this.keys = shared.keys();
    this.pace = shared.pace();
    this.memory = memory;
    this.around = around;
    this.circuit = memory.circuit(model.name());
  }

  ModelConfig model() {
    return model;
  }

  ProviderConfig provider() {
    return provider;
  }

  /// Takes a turn, with one key after the other while that is what is wrong.
  ///
  /// @param tokens what it will take at most
  /// @param patience how long to wait for it to be this one's turn
  /// @param usage what an answer has taken
  <T> T run(long tokens, Duration patience, Turn<T> turn, Function<T, Usage> usage)
      throws ModelException, InterruptedException {
    boolean probe = begin();
    boolean told = false;
    try {
      T answer = withKeys(tokens, patience, turn, usage);
      told = true;
      answered();
      return answer;
    } catch (ModelException e) {
      told = true;
      failed(probe, e);
      throw e;
    } finally {
      if (!told) {
        abandoned(probe);
      }
    }
  }

  private <T> T withKeys(long tokens, Duration patience, Turn<T> turn, Function<T, Usage> usage)
      throws ModelException, InterruptedException {
    Set<String> tried = new HashSet<>();
    while (true) {
      KeyRing.Key key = key(tried, patience);
      tried.add(key.hash());
      pace.enter(tokens, patience);
      long used = tokens;
      try {
        T answer = turn.with(key);
        used = sum(usage.apply(answer));
        return answer;
      } catch (ModelException e) {
        used = sum(e.usage());
        if (!isAboutKey(key, e)) {
          throw e;
        }
        requireAnother(tried, e);
      } finally {
        pace.leave(tokens, used);
      }
    }
  }

  private static long sum(Usage usage) {
    return usage.input() + usage.output();
  }

  /// Waits for a key when all rest for a moment only.
  private KeyRing.Key key(Set<String> tried, Duration patience)
      throws ModelException, InterruptedException {
    try {
      return keys.next(tried);
    } catch (ModelException e) {
      Duration wait = e.retryAfter();
      if (!tried.isEmpty() || wait == null || wait.compareTo(patience) > 0) {
        throw e;
      }
      around.pause().rest(wait);
      return keys.next(tried);
    }
  }

  /// What the provider says of the key is remembered with it.
  private boolean isAboutKey(KeyRing.Key key, ModelException e) {
    return switch (e.kind()) {
      case RATE_LIMITED -> {
        keys.limited(key, e.retryAfter());
        yield true;
      }
      case NO_CREDIT -> {
        keys.emptied(key);
        yield true;
      }
      case UNAUTHORIZED -> {
        boolean retired = keys.refused(key, String.valueOf(e.getMessage()));
        if (retired) {
          around
              .journal()
              .warn("model-key-refused", "provider", provider.name(), "key", key.place());
        }
        yield retired;
      }
      case UNREACHABLE,
          TIMEOUT,
          SERVER,
          UNKNOWN_MODEL,
          TOO_LONG,
          BAD_REQUEST,
          FORBIDDEN,
          OVER_BUDGET ->
          false;
    };
  }

  /// What the last key met says more than that there is no other.
  private void requireAnother(Set<String> tried, ModelException last) throws ModelException {
    try {
      KeyRing.Key _ = keys.next(tried);
    } catch (ModelException _) {
      throw last;
    }
  }

  private synchronized boolean begin() throws ModelException {
    Instant now = around.clock().instant();
    return switch (circuit.allowance(now)) {
      case ALL, PROBE -> circuit.begin();
      case NONE -> {
        Instant retryAt = circuit.retryAt();
        Duration wait =
            retryAt == null || !retryAt.isAfter(now) ? TRIAL : Duration.between(now, retryAt);
        throw ModelException.unasked(
            Kind.UNREACHABLE,
            "%s is left alone for %d s, for it failed several times: %s"
                .formatted(model.name(), Math.max(1, wait.toSeconds()), circuit.reason()),
            wait);
      }
    };
  }

  private synchronized void answered() {
    if (circuit.answered()) {
      memory.circuit(model.name(), circuit);
      around.journal().info("model-works-again", "model", model.name());
    }
  }

  private synchronized void abandoned(boolean probe) {
    circuit.abandoned(probe);
  }

  private void failed(boolean probe, ModelException e) {
    switch (e.kind()) {
      case UNREACHABLE, TIMEOUT, SERVER, UNKNOWN_MODEL -> refused(probe, e);
      // It has looked at the question, so it works.
      case TOO_LONG, BAD_REQUEST -> answered();
      case UNAUTHORIZED, RATE_LIMITED, NO_CREDIT, FORBIDDEN, OVER_BUDGET -> abandoned(probe);
    }
  }

  private synchronized void refused(boolean probe, ModelException e) {
    String reason = String.valueOf(e.getMessage());
    if (circuit.refused(probe, true, reason, around.clock().instant())) {
      memory.circuit(model.name(), circuit);
      around
          .journal()
          .warn(
              "model-rests",
              "model",
              model.name(),
              "until",
              String.valueOf(circuit.retryAt()),
              "reason",
              reason);
    }
  }

  /// How it stands, in words.
  synchronized String state() {
    Instant retryAt = circuit.retryAt();
    if (retryAt != null) {
      return "resting until %s: %s".formatted(Words.time(retryAt), circuit.reason());
    }
    String words = keys.words();
    return words.isEmpty() ? "ready" : words;
  }
}
