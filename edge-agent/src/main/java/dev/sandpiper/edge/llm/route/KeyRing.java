package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.ConfigException;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.SecretRef;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.route.ModelMemory.KeyState;
import dev.sandpiper.edge.llm.route.Notices.Notice;
import dev.sandpiper.edge.llm.route.Notices.Trouble;
import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The keys of one provider: which is used next, which rest, which are not used any more. A key is
/// read from its place each time, so that a new one counts at once. Safe for use by several
/// threads.
final class KeyRing {

  /// How long a key rests that a provider has enough of, when it does not say.
  static final Duration SHORT_REST = Duration.ofSeconds(20);

  /// How long a key rests whose account is empty.
  static final Duration EMPTY_REST = Duration.ofHours(1);

  /// Longest rest. A longer one comes from a provider's mistake, or a clock that was set back.
  static final Duration LONGEST_REST = Duration.ofHours(24);

  private static final String NO_KEY = "-";

  private final ProviderConfig provider;
  private final Function<SecretRef, Secret> secrets;
  private final ModelMemory memory;
  private final Notices notices;
  private final InstantSource clock;
  private final Map<String, KeyState> states = new HashMap<>();

  /// A key to use.
  ///
  /// @param place where it stands, in words; never the key
  /// @param hash what it is known by
  /// @param secret the key; `null` for a provider without
  record Key(String place, String hash, @Nullable Secret secret) {}

  KeyRing(
      ProviderConfig provider,
      Function<SecretRef, Secret> secrets,
      ModelMemory memory,
      Notices notices,
      InstantSource clock) {
    this.provider = provider;
    this.secrets = secrets;
    this.memory = memory;
    this.notices = notices;
    this.clock = clock;
  }

  /// The key that the provider had enough of longest ago, among those that may be used.
  ///
  /// @param tried hashes of keys that this question has been asked with
  /// @throws ModelException when there is none; when all rest it says for how long
  synchronized Key next(Set<String> tried) throws ModelException {
    Instant now = clock.instant();
    List<Key> all = keys();
    List<Key> accepted = all.stream().filter(key -> state(key).retiredAt() == null).toList();
    if (accepted.isEmpty()) {
      throw new ModelException(
          Kind.UNAUTHORIZED,
          "%s no longer accepts any of its keys. Put a new one where providers.%s.keys points."
              .formatted(provider.name(), provider.name()),
          null);
    }
    return accepted.stream()
        .filter(key -> !tried.contains(key.hash()) && rest(key, now).isZero())
        .min(Comparator.comparing(key -> limitedAt(state(key))))
        .orElseThrow(() -> allRest(accepted, now));
  }

  private static Instant limitedAt(KeyState state) {
    Instant limitedAt = state.limitedAt();
    return limitedAt == null ? Instant.MIN : limitedAt;
  }

  private ModelException allRest(List<Key> accepted, Instant now) {
    Duration wait =
        accepted.stream()
            .map(key -> rest(key, now))
            .min(Comparator.naturalOrder())
            .orElse(SHORT_REST);
    return ModelException.unasked(
        Kind.RATE_LIMITED,
        "%s takes no more requests at the moment. Try again in %d s, or use another model."
            .formatted(provider.name(), Math.max(1, wait.toSeconds())),
        wait);
  }

  private Duration rest(Key key, Instant now) {
    Instant until = state(key).restUntil();
    if (until == null || !now.isBefore(until) || now.isBefore(until.minus(LONGEST_REST))) {
      return Duration.ZERO;
    }
    return Duration.between(now, until);
  }

  /// A key that cannot be read does not keep the others from being used.
  private List<Key> keys() throws ModelException {
    if (provider.keys().isEmpty()) {
      return List.of(new Key("no key", NO_KEY, null));
    }
    List<Key> keys = new ArrayList<>();
    ConfigException missing = null;
    for (SecretRef place : provider.keys()) {
      try {
        Secret secret = secrets.apply(place);
        keys.add(new Key(words(place), memory.hash(secret.reveal()), secret));
      } catch (ConfigException e) {
        missing = e;
      }
    }
    if (keys.isEmpty()) {
      throw new ModelException(
          Kind.UNAUTHORIZED,
          "There is no key for %s: %s"
              .formatted(provider.name(), missing == null ? "" : missing.getMessage()),
          missing);
    }
    return keys;
  }

  static String words(SecretRef place) {
    return switch (place) {
      case SecretRef.Env(String name) -> "the key in the environment variable " + name;
      case SecretRef.InFile(var path) -> "the key in the file " + path;
      case SecretRef.Credential(String name) -> "the key in the credential " + name;
    };
  }

  private KeyState state(Key key) {
    return states.computeIfAbsent(key.hash(), hash -> memory.key(provider.name(), hash));
  }

  /// The provider has enough of a key.
  ///
  /// @param retryAfter how long it asked to be left alone; `null` when it did not say
  synchronized void limited(Key key, @Nullable Duration retryAfter) {
    Instant now = clock.instant();
    Instant until = now.plus(bounded(retryAfter == null ? SHORT_REST : retryAfter));
    states.put(key.hash(), new KeyState(now, until, null));
    memory.rests(provider.name(), key.hash(), now, until);
  }

  private static Duration bounded(Duration rest) {
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }

  /// The provider does not accept a key: it is not used until another stands in its place.
  ///
  /// @return whether there was a key to retire
  synchronized boolean refused(Key key, String reason) {
    if (key.secret() == null) {
      return false;
    }
    Instant now = clock.instant();
    states.put(key.hash(), new KeyState(state(key).limitedAt(), null, now));
    memory.retired(
        provider.name(), key.hash(), now, reason, tx -> tell(tx, Trouble.KEY_REFUSED, key));
    return true;
  }

  /// A key's account is empty.
  synchronized void emptied(Key key) {
    Instant now = clock.instant();
    Instant until = now.plus(EMPTY_REST);
    states.put(key.hash(), new KeyState(now, until, null));
    memory.emptied(provider.name(), key.hash(), now, until, tx -> tell(tx, Trouble.NO_CREDIT, key));
  }

  private boolean tell(Tx tx, Trouble trouble, Key key) {
    notices.tell(tx, new Notice(trouble, provider.name(), key.place()));
    return true;
  }

  /// In words when it can be used, as seen now; empty when there is nothing to say.
  synchronized String words() {
    try {
      Key _ = next(Set.of());
      long refused = keys().stream().filter(key -> state(key).retiredAt() != null).count();
      return refused == 0 ? "" : refused + " of its keys not accepted";
    } catch (ModelException e) {
      Duration wait = e.retryAfter();
      return wait == null
          ? String.valueOf(e.getMessage())
          : "waits until " + Words.time(clock.instant().plus(wait)) + ": too many requests";
    }
  }
}
