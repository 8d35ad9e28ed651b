package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.AwsBurstConfig.Credentials;
import dev.sandpiper.edge.identity.CredentialSource;
import dev.sandpiper.edge.identity.IdentityException;
import dev.sandpiper.edge.identity.SessionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/// The credentials every client signs with. Renewed before they end, by one thread at a time, and
/// at once when the cloud refuses them.
final class Identity implements AwsCredentialsProvider {

  /// So long before their end credentials are renewed.
  static final Duration AHEAD = Duration.ofMinutes(5);

  /// So long old credentials that still hold are used before a failed renewal is tried again.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Credentials and when to ask for new ones.
  private record Held(AwsCredentials credentials, Instant renew, Instant end) {}

  private final Supplier<Held> fetch;
  private final Runnable forget;
  private final InstantSource clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Held held;
  private volatile int generation;

  private Identity(Supplier<Held> fetch, Runnable forget, InstantSource clock) {
    this.fetch = fetch;
    this.forget = forget;
    this.clock = clock;
  }

  static Identity of(AwsBurstConfig config, InstantSource clock) {
    return switch (config.credentials()) {
      case Credentials.Default() ->
          ofProvider(() -> DefaultCredentialsProvider.builder().build(), clock);
      case Credentials.Profile(String name) ->
          ofProvider(() -> ProfileCredentialsProvider.create(name), clock);
      case Credentials.RolesAnywhere anywhere ->
          ofSource(Sources.of(anywhere, config.plant(), clock), clock);
      case Credentials.Iot iot -> ofSource(Sources.of(iot, clock), clock);
    };
  }

  /// Credentials that the SDK finds and keeps by itself.
  static Identity ofProvider(Supplier<AwsCredentialsProvider> make, InstantSource clock) {
    Provider provider = new Provider(make);
    return new Identity(
        () -> new Held(provider.resolve(), Instant.MIN, Instant.MIN), provider::forget, clock);
  }

  /// Credentials that come with their end.
  static Identity ofSource(CredentialSource source, InstantSource clock) {
    return new Identity(
        () -> {
          SessionCredentials fresh = source.fetch();
          return new Held(
              AwsSessionCredentials.create(
                  fresh.accessKeyId(), fresh.secretAccessKey(), fresh.sessionToken()),
              fresh.expiresAt().minus(AHEAD),
              fresh.expiresAt());
        },
        () -> {},
        clock);
  }

  @Override
  public AwsCredentials resolveCredentials() {
    Held known = held;
    if (known != null && clock.instant().isBefore(known.renew())) {
      return known.credentials();
    }
    fetching.lock();
    try {
      Held now = held;
      if (now != null && clock.instant().isBefore(now.renew())) {
        return now.credentials();
      }
      Held fresh = renewed(now);
      held = fresh;
      return fresh.credentials();
    } finally {
      fetching.unlock();
    }
  }

  private Held renewed(@Nullable Held old) {
    try {
      return fetch.get();
    } catch (IdentityException e) {
      Instant now = clock.instant();
      if (old == null || !now.isBefore(old.end())) {
        throw e;
      }
      return new Held(old.credentials(), now.plus(PATIENCE), old.end());
    }
  }

  /// Grows each time the credentials are given up.
  int generation() {
    return generation;
  }

  /// Gives up credentials that the cloud refused: once, however many requests were refused.
  ///
  /// @param refused the generation they belong to
  void renew(int refused) {
    fetching.lock();
    try {
      if (generation == refused) {
        generation = refused + 1;
        held = null;
        forget.run();
      }
    } finally {
      fetching.unlock();
    }
  }

  /// A provider of the SDK, made anew when its credentials were refused: the chain keeps what it
  /// found.
  private static final class Provider {
    private final Supplier<AwsCredentialsProvider> make;
    private @Nullable AwsCredentialsProvider made;

    Provider(Supplier<AwsCredentialsProvider> make) {
      this.make = make;
    }

    synchronized AwsCredentials resolve() {
      AwsCredentialsProvider provider = made;
      if (provider == null) {
        provider = make.get();
        made = provider;
      }
      return provider.resolveCredentials();
    }

    synchronized void forget() {
      made = null;
    }
  }
}
